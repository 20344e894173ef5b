package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strings"

	"github.com/pulumi/pulumi/pkg/v3/codegen/nodejs"
	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
)

// GeneratePackage writes the SDK of a schema: `pulumi package gen-sdk`.
func (h *host) GeneratePackage(_ context.Context, r *pulumirpc.GeneratePackageRequest) (*pulumirpc.GeneratePackageResponse, error) {
	var spec schema.PackageSpec
	if err := json.Unmarshal([]byte(r.Schema), &spec); err != nil {
		return nil, fmt.Errorf("the schema is not readable: %w", err)
	}
	loader, err := schema.NewLoaderClient(r.LoaderTarget)
	if err != nil {
		return nil, err
	}
	bound, diagnostics, err := schema.BindSpec(spec, loader, schema.ValidationOptions{AllowDanglingReferences: true})
	if err != nil {
		return nil, err
	}
	if diagnostics.HasErrors() {
		return nil, diagnostics
	}
	files, err := nodejs.GeneratePackage("pulumi-language-nodejs", bound, r.ExtraFiles, r.LocalDependencies, r.Local, loader)
	if err != nil {
		return nil, err
	}
	for name, content := range files {
		file := filepath.Join(r.Directory, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			return nil, err
		}
		if err := os.WriteFile(file, content, 0o644); err != nil {
			return nil, err
		}
	}
	return &pulumirpc.GeneratePackageResponse{}, nil
}

// Link adds generated SDKs to the program's package.json: the last step of `pulumi package add`.
func (h *host) Link(ctx context.Context, r *pulumirpc.LinkRequest) (*pulumirpc.LinkResponse, error) {
	var imports strings.Builder
	for _, dependency := range r.Packages {
		m, err := readManifest(filepath.Join(r.Info.GetRootDirectory(), dependency.Path))
		if err != nil {
			return nil, err
		}
		if m == nil {
			return nil, fmt.Errorf("there is no package.json in %s", dependency.Path)
		}
		add := exec.CommandContext(ctx, "npm", "pkg", "set", "dependencies."+m.Name+"=file:"+dependency.Path)
		add.Dir = r.Info.GetProgramDirectory()
		if output, err := add.CombinedOutput(); err != nil {
			return nil, fmt.Errorf("npm pkg set: %s: %w", output, err)
		}
		fmt.Fprintf(&imports, "  import * as %s from %q;\n", path.Base(m.Name), m.Name)
	}
	return &pulumirpc.LinkResponse{ImportInstructions: "Run `npm install`, then import it:\n\n" + imports.String()}, nil
}
