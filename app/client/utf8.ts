/** Turns bytes into text, of which a character may be cut between two calls. */
export interface Decoder {
    decode(bytes: Uint8Array): string;
}

/**
 * The platform's decoder, or ours where that is missing or poor: some WebViews of mini-programs have none, and those of
 * some React Native engines keep no half of a character. A byte order mark is left for the parser.
 */
export function utf8Decoder(): Decoder {
    return platformDecoder() ?? new SmallDecoder();
}

function platformDecoder(): Decoder | undefined {
    try {
        const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
        const decode = (bytes: Uint8Array) => decoder.decode(bytes, { stream: true });
        const whole = PROBE.map((piece) => decode(Uint8Array.from(piece))).join("");
        return whole === "\ufeff你" ? { decode } : undefined;
    } catch {
        return undefined;
    }
}

/** A byte order mark and a character, each of them cut in two. */
const PROBE = [[0xef, 0xbb], [0xbf, 0xe4, 0xbd], [0xa0]];

const REPLACEMENT = 0xfffd;
/** Longer argument lists overflow the stack of old engines. */
const SLICE = 8_192;

/** UTF-8 after the Encoding Standard (WHATWG, "UTF-8 decoder"): a maximal broken sequence becomes one U+FFFD. */
export class SmallDecoder implements Decoder {
    private point = 0;
    private needed = 0;
    private lower = 0x80;
    private upper = 0xbf;

    decode(bytes: Uint8Array): string {
        let text = "";
        let units: number[] = [];
        const emit = (point: number) => {
            if (point > 0xffff) units.push(0xd800 + ((point - 0x10000) >> 10), 0xdc00 + ((point - 0x10000) & 0x3ff));
            else units.push(point);
        };
        for (let index = 0; index < bytes.length; index += 1) {
            const byte = bytes[index]!;
            if (this.needed === 0) {
                if (byte < 0x80) units.push(byte);
                else if (!this.begin(byte)) units.push(REPLACEMENT);
            } else if (byte < this.lower || byte > this.upper) {
                // The sequence is broken; this byte may begin the next one.
                this.needed = 0;
                units.push(REPLACEMENT);
                index -= 1;
            } else {
                this.lower = 0x80;
                this.upper = 0xbf;
                this.point = (this.point << 6) | (byte & 0x3f);
                this.needed -= 1;
                if (this.needed === 0) emit(this.point);
            }
            if (units.length >= SLICE) {
                text += String.fromCharCode.apply(null, units);
                units = [];
            }
        }
        return text + String.fromCharCode.apply(null, units);
    }

    /** Takes the first byte of a longer sequence; the limits of its second byte keep out overlong forms and surrogates. */
    private begin(byte: number): boolean {
        this.lower = byte === 0xe0 ? 0xa0 : byte === 0xf0 ? 0x90 : 0x80;
        this.upper = byte === 0xed ? 0x9f : byte === 0xf4 ? 0x8f : 0xbf;
        if (byte >= 0xc2 && byte <= 0xdf) this.take(1, byte & 0x1f);
        else if (byte >= 0xe0 && byte <= 0xef) this.take(2, byte & 0x0f);
        else if (byte >= 0xf0 && byte <= 0xf4) this.take(3, byte & 0x07);
        else return false;
        return true;
    }

    private take(needed: number, point: number): void {
        this.needed = needed;
        this.point = point;
    }
}

/** Text as UTF-8, where there may be no TextEncoder. Half of a surrogate pair becomes U+FFFD, as the platform's would do. */
export function utf8Bytes(text: string): Uint8Array {
    const bytes: number[] = [];
    for (const character of text) {
        const read = character.codePointAt(0)!;
        const point = read >= 0xd800 && read <= 0xdfff ? REPLACEMENT : read;
        if (point < 0x80) bytes.push(point);
        else if (point < 0x800) bytes.push(0xc0 | (point >> 6), 0x80 | (point & 0x3f));
        else if (point < 0x10000) bytes.push(0xe0 | (point >> 12), 0x80 | ((point >> 6) & 0x3f), 0x80 | (point & 0x3f));
        else bytes.push(0xf0 | (point >> 18), 0x80 | ((point >> 12) & 0x3f), 0x80 | ((point >> 6) & 0x3f), 0x80 | (point & 0x3f));
    }
    return Uint8Array.from(bytes);
}
