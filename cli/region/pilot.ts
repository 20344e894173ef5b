/** The one line of shell that asks the pilot of a region's machine for something; it prints the pilot's answer, in JSON. */
export function pilotLine(words: string[]): string {
    const asked = words.map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(" ");
    const pilot = "pilot=$(docker ps --quiet --filter label=com.docker.swarm.service.name=pilot | head -n 1)";
    return `${pilot}; [ -n "$pilot" ] || { echo 'No pilot runs here: npx antipode logs <region> pilot' >&2; exit 1; }; docker exec "$pilot" node dist/pilot.js ${asked}`;
}
