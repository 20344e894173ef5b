package main

import (
	"strconv"
	"time"
)

// A token says which one of its stream it is and when it was sent: `~<number>.<microseconds> `, both in base 36, the
// time modulo 36^6 (36 minutes). Nothing in it has to be escaped in JSON, and no other `~` stands in a stream.
const clock = 36 * 36 * 36 * 36 * 36 * 36

func microseconds() int64 {
	return time.Now().UnixMicro() % clock
}

func appendToken(text []byte, number int) []byte {
	text = append(text, '~')
	text = strconv.AppendInt(text, int64(number), 36)
	text = append(text, '.')
	text = strconv.AppendInt(text, microseconds(), 36)
	return append(text, ' ')
}

// tokens reads stamps out of text that comes in pieces of any length.
type tokens struct {
	place  byte // 0 outside, 1 in the number, 2 in the time
	number int64
	time   int64
}

// read tells of each whole stamp.
func (t *tokens) read(text []byte, tell func(number, sent int64)) {
	for _, c := range text {
		switch {
		case c == '~':
			t.place, t.number, t.time = 1, 0, 0
		case t.place == 0:
		case c == '.' && t.place == 1:
			t.place = 2
		case c == ' ' && t.place == 2:
			t.place = 0
			tell(t.number, t.time)
		default:
			digit, ok := digitOf(c)
			if !ok {
				t.place = 0
			} else if t.place == 1 {
				t.number = t.number*36 + digit
			} else {
				t.time = t.time*36 + digit
			}
		}
	}
}

func digitOf(c byte) (int64, bool) {
	switch {
	case c >= '0' && c <= '9':
		return int64(c - '0'), true
	case c >= 'a' && c <= 'z':
		return int64(c-'a') + 10, true
	}
	return 0, false
}

// since is the time from one reading of the clock to another, in microseconds.
func since(sent, now int64) int64 {
	return (now - sent + clock) % clock
}
