/**
 * The lines of a log as the Engine API sends it: frames of a stream byte, three zero bytes, a big-endian length and
 * the text. A terminal's log comes without frames.
 */
export function logLines(raw: Buffer): string[] {
    return text(raw).split(/\r?\n/).map((line) => line.trimEnd()).filter((line) => line !== "");
}

function text(raw: Buffer): string {
    const parts: Buffer[] = [];
    for (let at = 0; at + 8 <= raw.length;) {
        if (raw[at]! > 2 || raw.readUIntBE(at + 1, 3) !== 0) return raw.toString();
        const end = at + 8 + raw.readUInt32BE(at + 4);
        parts.push(raw.subarray(at + 8, end));
        at = end;
    }
    return Buffer.concat(parts).toString();
}
