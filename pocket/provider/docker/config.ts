/** Arguments of `docker.Provider` that reach the engine. */
export interface DockerConfig {
    host?: string;
    sshOpts?: string[];
    registryAuth?: RegistryAuth[];
}

export interface RegistryAuth { address: string; username?: string; password?: string; authDisabled?: boolean }
