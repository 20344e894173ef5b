package main

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"strings"
	"time"
)

// request is what is asked. `{n}` in the user's name is the number of the stream in its group.
type request struct {
	Method string
	Port   int
	Path   string
	Body   string
	User   string
	Secret string
	// How many tokens a whole answer has; 0 where none is expected.
	Tokens int
}

func (r request) text(n int) (int, []byte) {
	return r.Port, []byte(fmt.Sprintf("%s %s HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s",
		r.Method, r.Path, r.token(n), len(r.Body), r.Body))
}

// token signs a user in: the app knows its users by a JWT alone.
func (r request) token(n int) string {
	encode := base64.RawURLEncoding.EncodeToString
	user := strings.ReplaceAll(r.User, "{n}", fmt.Sprint(n))
	now := time.Now().Unix()
	claims := fmt.Sprintf(`{"sub":"%s","iat":%d,"exp":%d}`, user, now, now+86400)
	signed := encode([]byte(`{"alg":"HS256","typ":"JWT"}`)) + "." + encode([]byte(claims))
	mac := hmac.New(sha256.New, []byte(r.Secret))
	mac.Write([]byte(signed))
	return signed + "." + encode(mac.Sum(nil))
}

// turned is one answer: milliseconds from the sending of the request, and what the `start` event named.
type turned struct {
	Status       int     `json:"status"`
	FirstByteMs  float64 `json:"firstByteMs"`
	FirstTokenMs float64 `json:"firstTokenMs"`
	EndedMs      float64 `json:"endedMs"`
	SessionID    string  `json:"sessionId"`
	MessageID    string  `json:"messageId"`
	StreamID     string  `json:"streamId"`
	History      string  `json:"history"`
	Tokens       int     `json:"tokens"`
	Complaint    string  `json:"complaint"`
}

var named = regexp.MustCompile(`"(sessionId|messageId|streamId|history)":"([^"]*)"`)

func turn(r request) (result turned) {
	asked, err := http.NewRequest(r.Method, fmt.Sprintf("http://127.0.0.1:%d%s", r.Port, r.Path), strings.NewReader(r.Body))
	check(err)
	asked.Header.Set("Authorization", "Bearer "+r.token(0))
	asked.Header.Set("Content-Type", "application/json")
	began := time.Now()
	ms := func() float64 { return float64(time.Since(began).Microseconds()) / 1000 }
	response, err := http.DefaultClient.Do(asked)
	if err != nil {
		result.Complaint = err.Error()
		return
	}
	defer response.Body.Close()
	result.Status = response.StatusCode
	var text []byte
	var seen tokens
	buffer := make([]byte, 65536)
	for {
		n, err := response.Body.Read(buffer)
		if n > 0 && text == nil {
			result.FirstByteMs = ms()
		}
		text = append(text, buffer[:n]...)
		seen.read(buffer[:n], func(int64, int64) {
			if result.Tokens++; result.Tokens == 1 {
				result.FirstTokenMs = ms()
			}
		})
		if err != nil {
			if err != io.EOF {
				result.Complaint = err.Error()
			}
			break
		}
	}
	result.EndedMs = ms()
	for _, found := range named.FindAllStringSubmatch(string(text), -1) {
		switch found[1] {
		case "sessionId":
			result.SessionID = found[2]
		case "messageId":
			result.MessageID = found[2]
		case "streamId":
			result.StreamID = found[2]
		case "history":
			result.History = found[2]
		}
	}
	if result.Tokens != r.Tokens {
		result.Complaint = fmt.Sprintf("status %d, %d of %d tokens, %s", result.Status, result.Tokens, r.Tokens, text)
	}
	return
}
