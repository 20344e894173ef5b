import type { Transform } from "node:stream";
import { constants, createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from "node:zlib";
import { StreamError } from "../errors/errors";

/** Tokens come out as soon as they are in, and a stream that is cut gives what it holds. */
const flushed = { flush: constants.Z_SYNC_FLUSH, finishFlush: constants.Z_SYNC_FLUSH };
const brotliFlushed = { flush: constants.BROTLI_OPERATION_FLUSH, finishFlush: constants.BROTLI_OPERATION_FLUSH };

/**
 * How to decompress a body. The app asks for none of it, yet a proxy may compress, or decompress and leave the header.
 * @param header `Content-Encoding`
 * @param first the first byte of the body
 * @returns undefined when the body is plain
 * @throws StreamError upstream_malformed
 */
export function decompressor(header: string | string[] | undefined, first: number): Transform | undefined {
    const encoding = String(header ?? "").trim().toLowerCase();
    // No text begins with this byte, and each gzip body does.
    if (first === 0x1f) return createGunzip(flushed);
    if (/^(|identity|none|utf-?8|gzip|x-gzip|aws-chunked)$/.test(encoding)) return undefined;
    if (encoding === "deflate") return (first & 0x0f) === 8 ? createInflate(flushed) : createInflateRaw(flushed);
    if (encoding === "br") return createBrotliDecompress(brotliFlushed);
    throw new StreamError("upstream_malformed", { cause: `encoding ${/^[a-z]{1,20}$/.test(encoding) ? encoding : "unknown"}` });
}
