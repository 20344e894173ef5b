package main

import (
	"errors"
	"os"
	"os/exec"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/grpc"
)

// send makes a writer of a stream, so that a child's output arrives as it is written.
type send func([]byte) error

func (s send) Write(chunk []byte) (int, error) {
	// The message may be sent after Write has returned, when the caller owns the buffer again.
	return len(chunk), s(append([]byte(nil), chunk...))
}

// RunPlugin runs a policy pack, or a provider that is written in JavaScript, until the engine has no more use for it.
func (h *host) RunPlugin(r *pulumirpc.RunPluginRequest, stream grpc.ServerStreamingServer[pulumirpc.RunPluginResponse]) error {
	policy := r.Kind == "analyzer"
	module := "@pulumi/pulumi/cmd/run-plugin"
	if policy {
		module = "@pulumi/pulumi/cmd/run-policy-pack"
	}
	n, err := script(r.Info, module)
	if err != nil {
		return err
	}
	folder := r.Info.GetProgramDirectory()
	if policy { // run-policy-pack takes the engine's address before the folder, run-plugin after it.
		n.arguments = append(append(n.arguments, r.Args...), folder)
	} else {
		n.arguments = append(append(n.arguments, folder), r.Args...)
	}
	command := exec.CommandContext(stream.Context(), "node", n.arguments...)
	command.Dir = folder
	command.Env = append(append(os.Environ(), r.Env...), n.environment...)
	command.Stdout = send(func(chunk []byte) error {
		return stream.Send(&pulumirpc.RunPluginResponse{Output: &pulumirpc.RunPluginResponse_Stdout{Stdout: chunk}})
	})
	command.Stderr = send(func(chunk []byte) error {
		return stream.Send(&pulumirpc.RunPluginResponse{Output: &pulumirpc.RunPluginResponse_Stderr{Stderr: chunk}})
	})
	err = command.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		return err
	}
	status := int32(command.ProcessState.ExitCode())
	return stream.Send(&pulumirpc.RunPluginResponse{Output: &pulumirpc.RunPluginResponse_Exitcode{Exitcode: status}})
}

// InstallDependencies is `pulumi install`.
func (h *host) InstallDependencies(r *pulumirpc.InstallDependenciesRequest, stream grpc.ServerStreamingServer[pulumirpc.InstallDependenciesResponse]) error {
	command := exec.CommandContext(stream.Context(), "npm", "install", "--loglevel=error")
	command.Dir = r.Info.GetProgramDirectory()
	output := send(func(chunk []byte) error { return stream.Send(&pulumirpc.InstallDependenciesResponse{Stdout: chunk}) })
	command.Stdout, command.Stderr = output, output
	return command.Run()
}
