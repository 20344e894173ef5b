package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"runtime"
	"sort"
	"sync"
	"syscall"
	"time"
	"unsafe"
)

// command is a line on stdin; each is answered by one line on stdout.
//
//	open   opens `count` streams, `perSecond` of them, as the group of this name; answered at once
//	count  what has become of a group, and the latencies of its tokens since the last count
//	close  leaves all streams of a group
//	turn   one request on a kept-alive connection, read to its end
type command struct {
	Do    string
	Group string
	request
	Count     int
	PerSecond float64
	// The streams of a group are opened again as they end, until the group is closed.
	Again bool
	// The process whose CPU time is told with a count.
	Pid int
}

// counted is what has become of a group: of the streams that were opened, `Answered` are those that got a status of
// 200, and each is `Open` or has ended: `Done` with its last event and all its tokens, `Lost` otherwise.
type counted struct {
	Opened     int       `json:"opened"`
	Answered   int       `json:"answered"`
	Open       int       `json:"open"`
	Done       int       `json:"done"`
	Lost       int       `json:"lost"`
	Refused    int       `json:"refused"`
	Misordered int       `json:"misordered"`
	Tokens     int64     `json:"tokens"`
	Bytes      int64     `json:"bytes"`
	Latency    latencies `json:"latency"`
	CPUNanos   int64     `json:"cpuNanos"`
	AtNanos    int64     `json:"atNanos"`
	// The last thing that went wrong.
	Complaint string `json:"complaint"`
	// Of the last stream that was answered with one.
	StreamID string `json:"streamId"`
}

// latencies are milliseconds from the sending of a token by the model to its arrival here.
type latencies struct {
	P50 float64 `json:"p50"`
	P90 float64 `json:"p90"`
	P95 float64 `json:"p95"`
	P99 float64 `json:"p99"`
	Max float64 `json:"max"`
}

type group struct {
	counted
	command
	late    []uint32
	closed  bool
	streams map[*stream]struct{}
}

type client struct {
	lock    sync.Mutex
	epoll   int
	groups  map[string]*group
	streams map[int]*stream
}

func runClient(in io.Reader, out io.Writer) {
	epoll, err := syscall.EpollCreate1(syscall.EPOLL_CLOEXEC)
	check(err)
	c := &client{epoll: epoll, groups: map[string]*group{}, streams: map[int]*stream{}}
	go c.read()
	lines := bufio.NewScanner(in)
	answers := json.NewEncoder(out)
	for lines.Scan() {
		var asked command
		check(json.Unmarshal(lines.Bytes(), &asked))
		answers.Encode(c.obey(asked))
	}
}

func (c *client) obey(asked command) any {
	switch asked.Do {
	case "open":
		g := &group{command: asked, streams: map[*stream]struct{}{}}
		c.lock.Lock()
		c.groups[asked.Group] = g
		c.lock.Unlock()
		go c.open(g)
	case "count":
		return c.count(asked)
	case "close":
		c.leave(asked.Group)
	case "turn":
		return turn(asked.request)
	}
	return struct{}{}
}

func (c *client) open(g *group) {
	began := time.Now()
	for n := 0; n < g.Count; n++ {
		time.Sleep(time.Until(began.Add(time.Duration(float64(n) / g.PerSecond * float64(time.Second)))))
		if !c.openOne(g) {
			return
		}
	}
}

// openOne is false when the group was closed meanwhile.
func (c *client) openOne(g *group) bool {
	c.lock.Lock()
	defer c.lock.Unlock()
	if g.closed {
		return false
	}
	port, text := g.text(g.Opened)
	g.Opened++
	fd, err := connect(port, text)
	if err != nil {
		g.Lost++
		g.Complaint = err.Error()
		return true
	}
	s := &stream{fd: fd, group: g}
	c.streams[fd] = s
	g.streams[s] = struct{}{}
	g.Open++
	check(syscall.EpollCtl(c.epoll, syscall.EPOLL_CTL_ADD, fd, &syscall.EpollEvent{Events: syscall.EPOLLIN, Fd: int32(fd)}))
	return true
}

func (c *client) read() {
	runtime.LockOSThread()
	events := make([]syscall.EpollEvent, 512)
	buffer := make([]byte, 65536)
	for {
		n, err := syscall.EpollWait(c.epoll, events, -1)
		if err == syscall.EINTR {
			continue
		}
		check(err)
		c.lock.Lock()
		for _, event := range events[:n] {
			if s := c.streams[int(event.Fd)]; s != nil {
				c.readOne(s, buffer)
			}
		}
		c.lock.Unlock()
	}
}

func (c *client) readOne(s *stream, buffer []byte) {
	n, err := syscall.Read(s.fd, buffer)
	if err == syscall.EAGAIN {
		return
	}
	if n > 0 {
		g, now, begun := s.group, microseconds(), s.status != 0
		s.feed(buffer[:n], func(text []byte) {
			g.Bytes += int64(len(text))
			s.remember(text)
			if s.status != 200 {
				g.Complaint = string(text)
			}
			s.tokens.read(text, func(number, sent int64) {
				if number != s.next {
					g.Misordered++
				}
				s.next = number + 1
				g.Tokens++
				g.late = append(g.late, uint32(since(sent, now)))
			})
		})
		if !begun && s.status == 200 {
			g.Answered++
			g.StreamID = s.id
		}
	}
	if n <= 0 || s.ended {
		c.end(s)
	}
}

func (c *client) end(s *stream) {
	g := s.group
	c.forget(s)
	switch {
	case s.status != 200 && s.status != 0:
		g.Refused++
		g.Complaint = fmt.Sprintf("status %d %s", s.status, g.Complaint)
	case s.whole() && s.next == int64(g.request.Tokens):
		g.Done++
	default:
		g.Lost++
		g.Complaint = fmt.Sprintf("a stream ended after %d of %d tokens with %q", s.next, g.request.Tokens, s.tail)
	}
	if g.Again && !g.closed {
		go c.openOne(g)
	}
}

func (c *client) forget(s *stream) {
	syscall.Close(s.fd)
	delete(c.streams, s.fd)
	delete(s.group.streams, s)
	s.group.Open--
}

func (c *client) leave(name string) {
	c.lock.Lock()
	defer c.lock.Unlock()
	g := c.groups[name]
	if g == nil {
		return
	}
	g.closed = true
	for s := range g.streams {
		c.forget(s)
	}
	delete(c.groups, name)
}

func (c *client) count(asked command) counted {
	c.lock.Lock()
	g := c.groups[asked.Group]
	if g == nil {
		c.lock.Unlock()
		return counted{Complaint: "there is no such group"}
	}
	result, late := g.counted, g.late
	g.late = nil
	result.AtNanos = time.Now().UnixNano()
	if asked.Pid != 0 {
		result.CPUNanos = cpuOf(asked.Pid)
	}
	c.lock.Unlock()
	sort.Slice(late, func(i, j int) bool { return late[i] < late[j] })
	result.Latency = latencies{at(late, 0.5), at(late, 0.9), at(late, 0.95), at(late, 0.99), at(late, 1)}
	return result
}

func at(sorted []uint32, share float64) float64 {
	if len(sorted) == 0 {
		return 0
	}
	return float64(sorted[int(float64(len(sorted)-1)*share)]) / 1000
}

// cpuOf is the CPU time of all threads of a process, those that have ended too, in nanoseconds: the kernel has a clock
// for each process that is exact, where /proc/<pid>/stat tells hundredths of a second. 0 when there is no such process.
func cpuOf(pid int) int64 {
	var time syscall.Timespec
	id := uintptr(^int32(pid)<<3 | 2)
	syscall.RawSyscall(syscall.SYS_CLOCK_GETTIME, id, uintptr(unsafe.Pointer(&time)), 0)
	return time.Nano()
}
