// wan is the ocean between two regions: two TUN devices, and every packet that enters one leaves the other after a
// fixed delay. It stands in for the kernel's netem, which many small kernels are built without.
//
//	wan <device a> <device b> <delay, e.g. 90ms>
package main

import (
	"fmt"
	"os"
	"syscall"
	"time"
	"unsafe"
)

// A queue longer than this drops its newest packets, as a router does: 32768 packets of 1,400 bytes are 3.6 s of 100 Mbit/s.
const queue = 32768

type packet struct {
	due  time.Time
	data []byte
}

func main() {
	if len(os.Args) != 4 {
		fmt.Fprintln(os.Stderr, "usage: wan <device a> <device b> <delay>")
		os.Exit(2)
	}
	delay, err := time.ParseDuration(os.Args[3])
	check(err)
	a, err := open(os.Args[1])
	check(err)
	b, err := open(os.Args[2])
	check(err)
	fmt.Println("ready")
	go carry(a, b, delay)
	carry(b, a, delay)
}

func carry(from, to *os.File, delay time.Duration) {
	waiting := make(chan packet, queue)
	go func() {
		for p := range waiting {
			time.Sleep(time.Until(p.due))
			to.Write(p.data) // a packet that the other side cannot take is lost, as on any wire
		}
	}()
	buffer := make([]byte, 65536)
	for {
		n, err := from.Read(buffer)
		check(err)
		select {
		case waiting <- packet{time.Now().Add(delay), append([]byte(nil), buffer[:n]...)}:
		default:
		}
	}
}

func open(name string) (*os.File, error) {
	fd, err := syscall.Open("/dev/net/tun", syscall.O_RDWR|syscall.O_NONBLOCK|syscall.O_CLOEXEC, 0)
	if err != nil {
		return nil, err
	}
	var request struct {
		name  [syscall.IFNAMSIZ]byte
		flags uint16
		_     [22]byte
	}
	copy(request.name[:], name)
	request.flags = syscall.IFF_TUN | syscall.IFF_NO_PI
	if _, _, errno := syscall.Syscall(syscall.SYS_IOCTL, uintptr(fd), syscall.TUNSETIFF, uintptr(unsafe.Pointer(&request))); errno != 0 {
		return nil, errno
	}
	return os.NewFile(uintptr(fd), name), nil // after the ioctl, so that the runtime's poller takes it
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
