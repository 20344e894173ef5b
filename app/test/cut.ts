/** Cuts bytes at these places, modulo their length. */
export function cutAt(bytes: Uint8Array, places: number[]): Uint8Array[] {
    const cuts = [...new Set([0, bytes.length, ...places.map((place) => place % (bytes.length + 1))])].sort((a, b) => a - b);
    return cuts.slice(1).map((end, index) => bytes.slice(cuts[index], end));
}
