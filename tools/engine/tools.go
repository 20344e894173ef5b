//go:build tools

// The engine's command is built from here by its import path; this file only keeps it in go.mod.
package tools

import _ "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi"
