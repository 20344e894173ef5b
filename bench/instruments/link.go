package main

import (
	"io"
	"net"
	"time"
)

type late struct {
	due  time.Time
	data []byte
}

// serveLink carries connections to an address with a delay in each direction. Opening a connection is not delayed:
// what is measured through it has its connections open.
func serveLink(listener net.Listener, address string, delay time.Duration) {
	for {
		near, err := listener.Accept()
		check(err)
		far, err := net.Dial("tcp", address)
		if err != nil {
			near.Close()
			continue
		}
		go carry(near, far, delay)
		go carry(far, near, delay)
	}
}

func carry(from io.ReadCloser, to io.WriteCloser, delay time.Duration) {
	waiting := make(chan late, 4096)
	go func() {
		defer to.Close()
		for piece := range waiting {
			time.Sleep(time.Until(piece.due))
			if _, err := to.Write(piece.data); err != nil {
				from.Close()
			}
		}
	}()
	defer close(waiting)
	for {
		buffer := make([]byte, 16384)
		n, err := from.Read(buffer)
		if n > 0 {
			waiting <- late{time.Now().Add(delay), buffer[:n]}
		}
		if err != nil {
			return
		}
	}
}
