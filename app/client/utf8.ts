/** Turns bytes into text, of which a character may be cut between two calls. */
export interface Decoder {
    decode(bytes: Uint8Array): string;
}

/** The platform's decoder, or ours: some WebViews of mini-programs have none. A byte order mark is left for the parser. */
export function utf8Decoder(): Decoder {
    if (typeof TextDecoder === "undefined") return new SmallDecoder();
    const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
    return { decode: (bytes) => decoder.decode(bytes, { stream: true }) };
}

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
