/** Names that editors, file managers and version control leave beside the source. They differ between two checkouts of one commit. */
const names: RegExp[] = [
    // File managers: Finder, Windows Explorer, KDE; Finder's `._x` holds the attributes of `x` on a foreign disk.
    /^\._/, /^\.(DS_Store|AppleDouble|LSOverride|Spotlight-V100|Trashes|fseventsd|directory)$/, /^__MACOSX$/, /^Icon\r$/, /^(eh)?thumbs\.db$/i, /^desktop\.ini$/i,
    // Editors: backups, swap files of Vim (`.x.swp`, `.swo`; `4913` is its test of a folder), locks and saves of Emacs.
    /~$/, /\.sw[a-p]$/, /^4913$/, /^#.*#$/, /^\.#/, /\.bak$/i, /___jb_(tmp|old)___$/, /^\.(idea|vscode|vs|fleet|history)$/,
    // Merges and patches; version control, which BuildKit leaves out of a repository that it builds, too.
    /\.(orig|rej)$/, /^\.(git|hg|svn)$/,
    // Files that NFS and FUSE keep for a program that still has a deleted file open.
    /^\.(nfs|fuse_hidden)[0-9a-f]+$/i,
];

/** True for a path, with forward slashes, that is clutter or lies in a folder that is. */
export const isClutter = (path: string): boolean => path.split("/").some((part) => names.some((name) => name.test(part)));
