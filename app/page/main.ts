import { createClient, type ChatError } from "../client/index";
import { Conversation } from "./conversation";
import { element } from "./log";
import { store } from "./store";
import { speak, wordsFor } from "./words";

const at = <T extends HTMLElement>(id: string): T => document.getElementById(id) as T;

const words = wordsFor(navigator.language);
speak(words, navigator.language);

const client = createClient({ baseUrl: "", token: store.read().token });
client.tester = store.read().tester;
const screen = {
    log: at("log"),
    scroll: at("scroll"),
    status: at("status"),
    earlier: at<HTMLButtonElement>("earlier"),
    send: at<HTMLButtonElement>("send"),
    stop: at<HTMLButtonElement>("stop"),
};
const conversation = new Conversation(client, screen, words, () => show(words.expired));
const message = at<HTMLTextAreaElement>("message");

/** One of the two views. `notice` is what the login begins with. */
function show(notice = ""): void {
    if (notice) {
        client.token = client.tester = undefined;
        store.write({ token: undefined, tester: undefined });
    }
    const inside = client.token !== undefined;
    at("login").hidden = inside;
    for (const id of ["chat", "fresh", "logout"]) at(id).hidden = !inside;
    at("login-error").textContent = notice;
    if (!inside) conversation.leave();
    (inside ? message : at("code")).focus();
    if (inside) void conversation.restore();
}

at("login-form").addEventListener("submit", (event) => {
    event.preventDefault();
    const code = at<HTMLInputElement>("code").value.trim();
    const error = at("login-error");
    error.textContent = "";
    client.login(code).then(
        ({ token, testerProof }) => {
            store.write({ token, tester: testerProof });
            show();
        },
        ({ code, message }: ChatError) => error.replaceChildren(`${words.failed(message)} `, element("code", "", code)),
    );
});

at("logout").addEventListener("click", () => {
    store.clear();
    client.token = client.tester = undefined;
    show();
});

at("fresh").addEventListener("click", () => {
    store.write({ sessionId: undefined, pending: undefined });
    conversation.leave();
    message.focus();
});

at("composer").addEventListener("submit", (event) => {
    event.preventDefault();
    const text = message.value;
    if (text.trim() === "" || !conversation.ask(text)) return;
    message.value = "";
    grow();
});

// Where there is a keyboard Enter sends; not while it chooses a word of an input method, nor on a phone.
message.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || matchMedia("(pointer: coarse)").matches) return;
    event.preventDefault();
    at<HTMLFormElement>("composer").requestSubmit();
});
message.addEventListener("input", grow);

function grow(): void {
    message.rows = Math.min(6, message.value.split("\n").length);
}

// A phone that was locked or without a network looks at once, instead of waiting for its next attempt.
addEventListener("online", () => conversation.wake());
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && conversation.wake());

show();
