package main

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"sort"
	"strings"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
)

// manifest is what a package.json says that matters here.
type manifest struct {
	Name         string
	Version      string
	Dependencies map[string]string
	Pulumi       struct {
		Resource         bool
		Name             string
		Version          string
		Server           string
		Parameterization *struct {
			Name    string
			Version string
			Value   string
		}
	}
}

// readManifest gives nil where the folder has no package.json; a broken one is an error.
func readManifest(folder string) (*manifest, error) {
	file := filepath.Join(folder, "package.json")
	text, err := os.ReadFile(file)
	if os.IsNotExist(err) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	m := &manifest{}
	// Some editors write a byte-order mark, which npm and Node.js take for nothing.
	text = bytes.TrimPrefix(text, []byte("\xef\xbb\xbf"))
	if err := json.Unmarshal(text, m); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	return m, nil
}

// nearest looks in the folder and its parents, the way that Node resolves modules; nil when there is none.
func nearest(folder, below string) (*manifest, string, error) {
	for {
		m, err := readManifest(filepath.Join(folder, below))
		if m != nil || err != nil {
			return m, folder, err
		}
		if folder == filepath.Dir(folder) {
			return nil, "", nil
		}
		folder = filepath.Dir(folder)
	}
}

// installed lists the direct dependencies of the program in the order of their names; one that is not installed is left out.
func installed(program string) ([]*manifest, error) {
	root, folder, err := nearest(program, "")
	if root == nil || err != nil {
		return nil, err
	}
	names := make([]string, 0, len(root.Dependencies))
	for name := range root.Dependencies {
		names = append(names, name)
	}
	sort.Strings(names)
	var found []*manifest
	for _, name := range names {
		m, _, err := nearest(folder, filepath.Join("node_modules", name))
		if err != nil {
			return nil, err
		}
		if m != nil {
			found = append(found, m)
		}
	}
	return found, nil
}

// required is the provider that an SDK package asks for; nil for a package that is no SDK.
func (m *manifest) required() (*pulumirpc.PackageDependency, error) {
	if !m.Pulumi.Resource {
		return nil, nil
	}
	name, version := m.Pulumi.Name, m.Pulumi.Version
	if name == "" {
		name = path.Base(m.Name)
	}
	if version == "" {
		version = m.Version
	}
	dependency := &pulumirpc.PackageDependency{
		Name:    name,
		Kind:    "resource",
		Version: "v" + strings.TrimPrefix(version, "v"),
		Server:  m.Pulumi.Server,
	}
	if p := m.Pulumi.Parameterization; p != nil {
		value, err := base64.StdEncoding.DecodeString(p.Value)
		if err != nil {
			return nil, fmt.Errorf("the parameter of %s is not base64: %w", m.Name, err)
		}
		dependency.Parameterization = &pulumirpc.PackageParameterization{Name: p.Name, Version: p.Version, Value: value}
	}
	return dependency, nil
}

// GetRequiredPackages names the providers of the program's direct dependencies.
func (h *host) GetRequiredPackages(_ context.Context, r *pulumirpc.GetRequiredPackagesRequest) (*pulumirpc.GetRequiredPackagesResponse, error) {
	found, err := installed(r.Info.GetProgramDirectory())
	if err != nil {
		return nil, err
	}
	response := &pulumirpc.GetRequiredPackagesResponse{}
	for _, m := range found {
		dependency, err := m.required()
		if err != nil {
			return nil, err
		}
		if dependency != nil {
			response.Packages = append(response.Packages, dependency)
		}
	}
	return response, nil
}

// GetProgramDependencies is what `pulumi about` lists.
func (h *host) GetProgramDependencies(_ context.Context, r *pulumirpc.GetProgramDependenciesRequest) (*pulumirpc.GetProgramDependenciesResponse, error) {
	found, err := installed(r.Info.GetProgramDirectory())
	if err != nil {
		return nil, err
	}
	response := &pulumirpc.GetProgramDependenciesResponse{}
	for _, m := range found {
		response.Dependencies = append(response.Dependencies, &pulumirpc.DependencyInfo{Name: m.Name, Version: m.Version})
	}
	return response, nil
}
