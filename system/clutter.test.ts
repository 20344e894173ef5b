import { expect, it } from "vitest";
import { isClutter } from "./clutter";

it.each([
    ".DS_Store", "src/.DS_Store", "._chat.ts", "Thumbs.db", "thumbs.db", "desktop.ini", "__MACOSX/src/a.ts", ".directory",
    "chat.ts~", ".chat.ts.swp", "src/.chat.ts.swo", "chat.ts.swp", "4913", "#chat.ts#", ".#chat.ts", "chat.ts.bak", "chat.ts.BAK", "chat.ts___jb_tmp___",
    "chat.ts.orig", "chat.ts.rej", ".idea/workspace.xml", ".vscode/settings.json", "src/.vscode/settings.json", ".nfs000000000a1b2c3d", ".git", ".git/index", ".svn/entries",
])("%s is clutter", (path) => expect(isClutter(path)).toBe(true));

it.each(["chat.ts", "Dockerfile", ".dockerignore", ".npmrc", "swp/chat.ts", "original.ts", "bak/chat.ts", "a#b#.ts", "page/icon.svg", "49130", ".env", ".gitignore", "x.git", "thumbs.db.ts"])("%s is source", (path) => expect(isClutter(path)).toBe(false));
