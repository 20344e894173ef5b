//go:build tools

// Package h2spec keeps the conformance tool, a client that breaks many rules of HTTP/2, in go.mod: nothing of it is used from here.
package h2spec

import _ "github.com/summerwind/h2spec/cmd/h2spec"
