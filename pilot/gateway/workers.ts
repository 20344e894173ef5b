/** The processes of nginx that serve connections, by their ids, the oldest first. */
export interface Workers {
    /** Of the configuration that runs. */
    serving: number[];
    /** Of configurations before it: each stays as long as one of its streams. */
    lingering: number[];
}

/** A line of a shell that prints each process: its id and its title. */
export const processList = 'for p in /proc/[0-9]*; do echo "${p#/proc/} $(tr "\\0" " " < $p/cmdline)"; done 2> /dev/null';

export function workersIn(list: string): Workers {
    const found = list.split("\n").flatMap((line) => {
        const [, id, isLingering] = /^(\d+) nginx: worker process( is shutting down)?\s*$/.exec(line) ?? [];
        return id === undefined ? [] : [{ id: Number(id), isLingering: isLingering !== undefined }];
    });
    const ids = (lingering: boolean) => found.filter(({ isLingering }) => isLingering === lingering).map(({ id }) => id).sort((one, other) => one - other);
    return { serving: ids(false), lingering: ids(true) };
}
