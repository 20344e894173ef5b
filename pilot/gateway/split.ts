import { block } from "./block";
import type { Candidate } from "./state";
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
 * behind), a cookie or a header.
 */
export function testing({ testers }: Pick<Candidate, "testers">): string[] {
    const proofs = testers.join("|");
    return [
        block(
            `map "$arg_antipode_test $cookie_antipode_tester $http_x_antipode_tester" $tester`,
            proofs === "" ? undefined : `"~(^| )(${proofs})( |$)" 1;`,
            `default "";`,
        ),
        block(
            "map $arg_antipode_test $tester_cookie",
            proofs === "" ? undefined : `"~^(${proofs})$" "antipode_tester=$arg_antipode_test; Path=/; Max-Age=86400; Secure; HttpOnly; SameSite=Lax";`,
            `default "";`,
        ),
        block(`map "$tester$share" $chosen`, `"~^1" candidate;`, `"~candidate" candidate;`, "default stable;"),
    ];
}
