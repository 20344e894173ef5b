// instruments are what a measurement of the app needs around it, in one program that costs little:
//
//	instruments model                      a model service that speaks at the pace that it is asked for
//	instruments client                     a client that holds thousands of streams; commands by stdin, see client.go
//	instruments relay <model url>          the peer that everything is compared with: Go relaying bytes
//	instruments link <address> <one way>   a TCP line to an address, each byte late by so much, e.g. 75ms
//
// Each that listens does so on a free port of 127.0.0.1 and says `listening <port>`.
package main

import (
	"fmt"
	"net"
	"os"
	"time"
)

func main() {
	args := append(os.Args[1:], "", "", "")
	switch args[0] {
	case "model":
		serveModel(listen())
	case "client":
		runClient(os.Stdin, os.Stdout)
	case "relay":
		serveRelay(listen(), args[1])
	case "link":
		delay, err := time.ParseDuration(args[2])
		check(err)
		serveLink(listen(), args[1], delay)
	default:
		fmt.Fprintln(os.Stderr, "usage: instruments model | client | relay <model url> | link <address> <one way>")
		os.Exit(2)
	}
}

func listen() net.Listener {
	listener, err := net.Listen("tcp4", "127.0.0.1:0")
	check(err)
	fmt.Println("listening", listener.Addr().(*net.TCPAddr).Port)
	return listener
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
