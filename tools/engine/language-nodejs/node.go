package main

import (
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
)

// node is one run of a script of @pulumi/pulumi: the arguments for `node` and what is added to the environment.
type node struct {
	arguments   []string
	environment []string
}

// script prepares a script of the SDK that is installed beside the program, with the runtime options of Pulumi.yaml:
// `typescript` (true when absent), `tsconfig` and `nodeargs`.
func script(info *pulumirpc.ProgramInfo, module string) (*node, error) {
	resolve := exec.Command("node", "-p", fmt.Sprintf("require.resolve(%q)", module))
	resolve.Dir = info.GetProgramDirectory()
	file, err := resolve.Output()
	if err != nil {
		return nil, fmt.Errorf("%s is not installed in %s, run `npm ci` there: %w", module, resolve.Dir, err)
	}
	n := &node{}
	options := info.GetOptions().AsMap()
	if typescript, given := options["typescript"].(bool); typescript || !given {
		n.environment = append(n.environment, "PULUMI_NODEJS_TYPESCRIPT=true")
	}
	if tsconfig, ok := options["tsconfig"].(string); ok {
		n.environment = append(n.environment, "PULUMI_NODEJS_TSCONFIG_PATH="+tsconfig)
	}
	if nodeargs, ok := options["nodeargs"].(string); ok {
		n.arguments = strings.Fields(nodeargs)
	}
	n.arguments = append(n.arguments, strings.TrimSpace(string(file)))
	return n, nil
}

// option adds `--name value`, or nothing for an empty value.
func (n *node) option(name, value string) {
	if value != "" {
		n.arguments = append(n.arguments, "--"+name, value)
	}
}

// entry is the path of the program as the SDK's scripts want it.
func entry(info *pulumirpc.ProgramInfo) string {
	if info.GetEntryPoint() == "." {
		return "."
	}
	return filepath.Join(info.GetProgramDirectory(), info.GetEntryPoint())
}
