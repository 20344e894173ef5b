/** Bytes behind a base64 text; undefined when it is none (Go's StdEncoding: padded, no blanks but line ends). */
export function base64Bytes(text: string): number | undefined {
    const joined = text.replace(/[\r\n]/g, "");
    if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(joined)) return undefined;
    return Buffer.from(joined, "base64").length;
}
