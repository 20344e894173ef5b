package main

import (
	"bytes"
	"regexp"
	"syscall"
)

// stream is one request of the client and what has come of its answer.
type stream struct {
	fd    int
	group *group
	// The answer's head until it is whole; then nil.
	head    []byte
	status  int
	id      string // the app's name for it
	chunked bool
	// Of the chunk that is being read: what is left of it; -1 while its size is read.
	left   int64
	size   int64
	ended  bool
	tail   [64]byte // the last bytes of the text
	tokens tokens
	next   int64 // number of the token that must come next
}

const maxHead = 8192

var streamID = regexp.MustCompile(`(?i)\r\nx-stream-id: (\S+)`)

// feed takes what came from the socket. Text is told as it is, without the marks of its chunks.
func (s *stream) feed(data []byte, text func([]byte)) {
	if s.status == 0 {
		s.head = append(s.head, data...)
		end := bytes.Index(s.head, []byte("\r\n\r\n"))
		if end < 0 {
			if len(s.head) > maxHead {
				s.ended = true
			}
			return
		}
		data = bytes.Clone(s.head[end+4:])
		for _, c := range s.head[9:12] {
			s.status = s.status*10 + int(c-'0')
		}
		s.chunked = bytes.Contains(bytes.ToLower(s.head[:end]), []byte("\r\ntransfer-encoding: chunked"))
		if found := streamID.FindSubmatch(s.head); found != nil {
			s.id = string(found[1])
		}
		s.head = nil
		s.left = -1
	}
	if !s.chunked {
		text(data)
		return
	}
	for len(data) > 0 && !s.ended {
		switch {
		case s.left > 0:
			n := min(s.left, int64(len(data)))
			text(data[:n])
			data = data[n:]
			s.left -= n
		case s.left == 0: // the line's end after a chunk
			if data[0] == '\n' {
				s.left, s.size = -1, 0
			}
			data = data[1:]
		default:
			if digit, ok := digitOf(data[0] | 0x20); ok && digit < 16 {
				s.size = s.size*16 + digit
			} else if data[0] == '\n' {
				s.left = s.size
				s.ended = s.size == 0
			}
			data = data[1:]
		}
	}
}

// remember keeps the end of the text, which tells whether the stream was ended or cut.
func (s *stream) remember(text []byte) {
	if len(text) >= len(s.tail) {
		copy(s.tail[:], text[len(text)-len(s.tail):])
		return
	}
	copy(s.tail[:], s.tail[len(text):])
	copy(s.tail[len(s.tail)-len(text):], text)
}

// whole is true when the last event said that nothing more comes.
func (s *stream) whole() bool {
	return bytes.Contains(s.tail[:], []byte("[DONE]\n"))
}

// connect opens a connection to a port of this machine and sends the request; on loopback neither has to wait.
func connect(port int, request []byte) (int, error) {
	fd, err := syscall.Socket(syscall.AF_INET, syscall.SOCK_STREAM|syscall.SOCK_CLOEXEC, 0)
	if err != nil {
		return 0, err
	}
	syscall.SetsockoptInt(fd, syscall.IPPROTO_TCP, syscall.TCP_NODELAY, 1)
	if err = syscall.Connect(fd, &syscall.SockaddrInet4{Port: port, Addr: [4]byte{127, 0, 0, 1}}); err == nil {
		if _, err = syscall.Write(fd, request); err == nil {
			err = syscall.SetNonblock(fd, true)
		}
	}
	if err != nil {
		syscall.Close(fd)
	}
	return fd, err
}
