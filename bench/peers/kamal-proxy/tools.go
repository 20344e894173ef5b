//go:build tools

// Package peer keeps kamal-proxy, which releases are compared with, in go.mod: nothing of it is used from here.
package peer

import _ "github.com/basecamp/kamal-proxy/cmd/kamal-proxy"
