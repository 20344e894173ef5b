package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
)

// The exit status with which @pulumi/pulumi says that it has already reported what went wrong.
const alreadyReported = 32

// Run executes the program once. What it writes goes to this process's own output, which the engine shows.
func (h *host) Run(ctx context.Context, r *pulumirpc.RunRequest) (*pulumirpc.RunResponse, error) {
	n, err := script(r.Info, "@pulumi/pulumi/cmd/run")
	if err != nil {
		return &pulumirpc.RunResponse{Error: err.Error()}, nil
	}
	n.option("monitor", r.MonitorAddress)
	n.option("engine", h.engine)
	n.option("organization", r.Organization)
	n.option("project", r.Project)
	n.option("root-directory", r.Info.GetRootDirectory())
	n.option("stack", r.Stack)
	n.option("pwd", r.Pwd)
	if r.DryRun {
		n.arguments = append(n.arguments, "--dry-run")
	}
	n.option("parallel", strconv.Itoa(int(r.Parallel)))
	n.arguments = append(append(n.arguments, entry(r.Info)), r.Args...)

	config, err := configuration(r)
	if err != nil {
		return nil, err
	}
	command := exec.CommandContext(ctx, "node", n.arguments...)
	command.Dir = r.Info.GetProgramDirectory()
	command.Stdout, command.Stderr = os.Stdout, os.Stderr
	command.Env = append(append(os.Environ(), n.environment...), config...)
	return outcome(command.Run()), nil
}

// configuration hands the stack's settings to the SDK; it wants `namespace:config:name` where the engine says `namespace:name`.
func configuration(r *pulumirpc.RunRequest) ([]string, error) {
	values := make(map[string]string, len(r.Config))
	for key, value := range r.Config {
		namespace, name, _ := strings.Cut(key, ":")
		values[namespace+":config:"+strings.TrimPrefix(name, "config:")] = value
	}
	encoded, err := json.Marshal(values)
	if err != nil {
		return nil, err
	}
	secrets, err := json.Marshal(append([]string{}, r.ConfigSecretKeys...))
	if err != nil {
		return nil, err
	}
	return []string{"PULUMI_CONFIG=" + string(encoded), "PULUMI_CONFIG_SECRET_KEYS=" + string(secrets)}, nil
}

func outcome(err error) *pulumirpc.RunResponse {
	var exit *exec.ExitError
	switch {
	case err == nil:
		return &pulumirpc.RunResponse{}
	case errors.As(err, &exit) && exit.ExitCode() == alreadyReported:
		return &pulumirpc.RunResponse{Bail: true}
	case errors.As(err, &exit):
		return &pulumirpc.RunResponse{Error: fmt.Sprintf("the program ended with exit status %d", exit.ExitCode())}
	default:
		return &pulumirpc.RunResponse{Error: err.Error()}
	}
}
