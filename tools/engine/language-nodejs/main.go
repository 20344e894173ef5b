// Command pulumi-language-nodejs is a Node.js language host for the Pulumi engine 3.250.
//
// The official one is not published as a Go module, so where the engine cannot be downloaded this one is built
// beside it. It leaves all JavaScript to the scripts of @pulumi/pulumi in the program's own node_modules.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"time"

	"github.com/pulumi/pulumi/sdk/v3/go/common/util/rpcutil"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/grpc"
)

// How often the host asks whether its engine is still there; the interval of the official host.
const engineCheckInterval = 5 * time.Minute

func main() {
	flag.Parse()
	if err := serve(flag.Arg(0)); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// serve answers until the engine at the given address goes away. The one line on stdout is the port: the engine reads it.
func serve(engine string) error {
	stop := make(chan bool)
	if engine != "" {
		ctx, cancel := context.WithCancel(context.Background())
		if err := rpcutil.Healthcheck(ctx, engine, engineCheckInterval, cancel); err != nil {
			return fmt.Errorf("watching the engine at %s: %w", engine, err)
		}
		go func() {
			<-ctx.Done()
			close(stop)
		}()
	}
	server, err := rpcutil.ServeWithOptions(rpcutil.ServeOptions{
		Cancel: stop,
		Init: func(s *grpc.Server) error {
			pulumirpc.RegisterLanguageRuntimeServer(s, &host{engine: engine})
			return nil
		},
		Options: rpcutil.TracingServerInterceptorOptions(nil),
	})
	if err != nil {
		return err
	}
	fmt.Println(server.Port)
	return <-server.Done
}
