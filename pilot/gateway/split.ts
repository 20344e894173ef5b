import { block } from "./block";
import type { Candidate } from "./state";
import { linkParameter } from "./testers";
import { hop } from "./upstreams";

/** A visitor's id, of the same form as nginx makes them; a client that keeps no cookies sends it in the header. */
const id = "[0-9A-Za-z_-]{16,64}";
/** Half a year: longer than any release. */
const cookieSeconds = 15_552_000;

/**
 * Who the visitor is, as far as shares go: the same one is in the same share at every request, whatever it is. Who says
 * nothing, and has no token either, gets an id with the answer.
 */
export const visitors = [
    block(
        `map "$http_x_antipode_visitor $cookie_antipode_visitor $http_authorization" $sticky`,
        `"~^(?<by_header>${id}) " $by_header;`,
        `"~^[^ ]* (?<by_cookie>${id}) " $by_cookie;`,
        `"~ Bearer (?<by_token>[^ ]{16,})$" $by_token;`,
        "default $request_id;",
    ),
    block(
        // Of what was made here alone: the answer to who came with a token must not hand that on as a cookie.
        `map "${hop}$sticky:$request_id" $visitor_cookie`,
        `"~^(?<made>[0-9a-f]{32}):\\g{made}$" "antipode_visitor=$made; Path=/; Max-Age=${cookieSeconds}; Secure; HttpOnly; SameSite=Lax";`,
        `default "";`,
    ),
];

/**
 * Each visitor's share, by a hash of his id that is made once. A greater weight takes in more of them and lets none go,
 * so nobody comes back to the version before but by a rollback.
 */
export function shares({ weight }: Pick<Candidate, "weight">): string {
    return block("split_clients $sticky $share", weight > 0 ? `${weight}% candidate;` : undefined, "* stable;");
}

/**
 * Testers, who get the candidate at any weight: by a proof that nobody can guess, in a link (which leaves a cookie
 * behind), a cookie or a header. A map for each, so that nginx finds a proof among any number of them by its hash.
 */
export function testing({ testers }: Pick<Candidate, "testers">): string[] {
    const known = testers.map((proof) => `${proof} 1;`);
    return [
        block(`map $arg_${linkParameter} $tests_by_link`, ...known, `default "";`),
        block("map $cookie_antipode_tester $tests_by_cookie", ...known, `default "";`),
        block("map $http_x_antipode_tester $tests_by_header", ...known, `default "";`),
        block("map $tests_by_link $tester_cookie", `1 "antipode_tester=$arg_${linkParameter}; Path=/; Max-Age=86400; Secure; HttpOnly; SameSite=Lax";`, `default "";`),
        block(`map "$tests_by_link$tests_by_cookie$tests_by_header$share" $chosen`, `"~^1" candidate;`, `"candidate" candidate;`, "default stable;"),
    ];
}
