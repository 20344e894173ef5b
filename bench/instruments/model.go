package main

import (
	"bufio"
	"bytes"
	"container/heap"
	"io"
	"net"
	"net/http"
	"regexp"
	"runtime"
	"strconv"
	"sync"
	"syscall"
	"time"
)

// The question says what the answer is to be: `bench:<tokens a second>:<tokens>`. Rate 0 begins an answer and never
// says a word. The first token comes at once.
var order = regexp.MustCompile(`bench:(\d+):(\d+)`)

const (
	head    = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\nX-Request-Id: 021789845264349f39d09b715cb307c823cd4ff1a5ec1abe2960e\r\nTransfer-Encoding: chunked\r\n\r\n"
	before  = `data: {"choices":[{"delta":{"content":"`
	after   = `","role":"assistant"},"index":0}],` + frame + `,"usage":null}` + "\n\n"
	frame   = `"created":1789845264,"id":"021789845264349f39d09b715cb307c823cd4ff1a5ec1abe2960e","model":"doubao-seed-1-6-251015","service_tier":"default","object":"chat.completion.chunk"`
	finish  = `data: {"choices":[{"delta":{"content":"","role":"assistant"},"finish_reason":"stop","index":0}],` + frame + `,"usage":null}` + "\n\n"
	usage   = `data: {"choices":[],` + frame + `,"usage":{"completion_tokens":9,"prompt_tokens":11,"total_tokens":20,"prompt_tokens_details":{"cached_tokens":0},"completion_tokens_details":{"reasoning_tokens":0}}}` + "\n\n"
	lastly  = "data: [DONE]\n\n"
	noChunk = "0\r\n\r\n"
)

// answer is one running stream. Its socket is written to by the pacer alone.
type answer struct {
	fd      int
	every   int64 // nanoseconds between tokens
	due     int64
	number  int
	tokens  int
	pending []byte // what the socket did not take
	done    chan struct{}
}

func serveModel(listener net.Listener) {
	pacer := &pacer{wake: make(chan struct{}, 1)}
	go pacer.run()
	for {
		conn, err := listener.Accept()
		check(err)
		go pacer.converse(conn)
	}
}

// converse serves one connection, which may ask again.
func (p *pacer) converse(conn net.Conn) {
	defer conn.Close()
	raw, err := conn.(*net.TCPConn).SyscallConn()
	check(err)
	reader := bufio.NewReaderSize(conn, 1024)
	for {
		request, err := http.ReadRequest(reader)
		if err != nil {
			return
		}
		question, err := io.ReadAll(request.Body)
		found := order.FindSubmatch(question)
		if err != nil || found == nil {
			return
		}
		rate, _ := strconv.ParseInt(string(found[1]), 10, 64)
		count, _ := strconv.Atoi(string(found[2]))
		if rate == 0 {
			conn.Write([]byte(head))
			reader.Peek(1) // until the client goes
			return
		}
		a := &answer{every: int64(time.Second) / rate, tokens: count, done: make(chan struct{})}
		raw.Control(func(fd uintptr) { a.fd = int(fd) })
		a.due = time.Now().UnixNano()
		if a.send(append([]byte(head), a.next()...)) {
			p.add(a)
			<-a.done
		}
		if a.pending != nil || a.number < a.tokens {
			return
		}
	}
}

// next is the chunk of the next token, or of the end after the last one.
func (a *answer) next() []byte {
	token := append(make([]byte, 0, 320), before...)
	token = appendToken(token, a.number)
	token = append(token, after...)
	a.number++
	a.due += a.every
	text := chunk(token)
	if a.number == a.tokens {
		text = append(text, chunk([]byte(finish))...)
		text = append(text, chunk([]byte(usage))...)
		text = append(text, chunk([]byte(lastly))...)
		text = append(text, noChunk...)
	}
	return text
}

// send writes without ever waiting: one reader that is behind does not keep the others' tokens. False at the end.
func (a *answer) send(text []byte) bool {
	if len(a.pending) > 0 {
		text = append(a.pending, text...)
		a.pending = nil
	}
	n, err := syscall.Write(a.fd, text)
	if err == syscall.EAGAIN {
		n = 0
	} else if err != nil {
		a.tokens = -1
		return false
	}
	if n < len(text) {
		a.pending = bytes.Clone(text[n:])
	}
	return a.number < a.tokens || len(a.pending) > 0
}

func chunk(data []byte) []byte {
	text := append(strconv.AppendInt(make([]byte, 0, len(data)+16), int64(len(data)), 16), '\r', '\n')
	return append(append(text, data...), '\r', '\n')
}

// pacer sends every token at its own time, so that tokens of different streams come together by chance alone: a relay
// that is woken once for many of them would look cheaper than it is.
type pacer struct {
	lock    sync.Mutex
	coming  []*answer
	wake    chan struct{}
	running due
}

func (p *pacer) add(a *answer) {
	p.lock.Lock()
	p.coming = append(p.coming, a)
	p.lock.Unlock()
	select {
	case p.wake <- struct{}{}:
	default:
	}
}

const tick = 500 * time.Microsecond

func (p *pacer) run() {
	runtime.LockOSThread()
	// The kernel may be late by its slack, 50 µs unless it is told otherwise.
	syscall.RawSyscall(syscall.SYS_PRCTL, 29 /* PR_SET_TIMERSLACK */, 1000, 0)
	for {
		if len(p.running) == 0 {
			<-p.wake
		}
		p.lock.Lock()
		for _, a := range p.coming {
			heap.Push(&p.running, a)
		}
		p.coming = p.coming[:0]
		p.lock.Unlock()
		now := time.Now().UnixNano()
		for len(p.running) > 0 && p.running[0].due <= now {
			a := p.running[0]
			text := []byte(nil)
			if a.number < a.tokens {
				text = a.next()
			} else {
				a.due += a.every
			}
			if a.send(text) {
				heap.Fix(&p.running, 0)
			} else {
				heap.Pop(&p.running)
				close(a.done)
			}
		}
		if len(p.running) > 0 {
			if wait := min(p.running[0].due-time.Now().UnixNano(), int64(tick)); wait > 0 {
				pause := syscall.NsecToTimespec(wait)
				syscall.Nanosleep(&pause, nil)
			}
		}
	}
}

// due is a heap of answers, the next token's on top.
type due []*answer

func (d due) Len() int           { return len(d) }
func (d due) Less(i, j int) bool { return d[i].due < d[j].due }
func (d due) Swap(i, j int)      { d[i], d[j] = d[j], d[i] }
func (d *due) Push(a any)        { *d = append(*d, a.(*answer)) }
func (d *due) Pop() any {
	last := len(*d) - 1
	a := (*d)[last]
	(*d)[last] = nil
	*d = (*d)[:last]
	return a
}
