/**
 * Whole seconds as the Docker provider reads them back: Go's way without the parts that are nought at the end, 90 as
 * `1m30s`, 60 as `1m`, 3600 as `1h`. Written in any other way a duration looks changed at every `up`.
 * Source: kreuzwerker/terraform-provider-docker, resource_docker_service_structures.go, shortDur.
 */
export function duration(seconds: number): string {
    const hours = Math.floor(seconds / 3600);
    const minutes = Math.floor(seconds / 60) % 60;
    const full = `${hours ? `${hours}h` : ""}${hours || minutes ? `${minutes}m` : ""}${seconds % 60}s`;
    return full.replace(/m0s$/, "m").replace(/h0m$/, "h");
}
