package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"
	"time"
)

// serveRelay is a relay as somebody would write it in Go: bytes from the model to the client, flushed as they come.
func serveRelay(listener net.Listener, model string) {
	onCollect(debug.FreeOSMemory)
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 1000, DisableCompression: true}}
	http.HandleFunc("POST /api/chat", func(w http.ResponseWriter, r *http.Request) {
		var asked struct{ Message string }
		if err := json.NewDecoder(r.Body).Decode(&asked); err != nil {
			http.Error(w, err.Error(), 400)
			return
		}
		question, _ := json.Marshal(map[string]any{"model": "m", "stream": true, "messages": []map[string]string{{"role": "user", "content": asked.Message}}})
		request, _ := http.NewRequestWithContext(r.Context(), "POST", model+"/chat/completions", bytes.NewReader(question))
		request.Header.Set("Content-Type", "application/json")
		response, err := client.Do(request)
		if err != nil {
			http.Error(w, err.Error(), 502)
			return
		}
		defer response.Body.Close()
		out := begin(w)
		buffer := make([]byte, 16384)
		for {
			n, err := response.Body.Read(buffer)
			if n > 0 {
				w.Write(buffer[:n])
				out.Flush()
			}
			if err != nil {
				return
			}
		}
	})
	http.HandleFunc("GET /idle", func(w http.ResponseWriter, r *http.Request) {
		out := begin(w)
		beat := time.NewTicker(15 * time.Second)
		defer beat.Stop()
		for {
			select {
			case <-beat.C:
				fmt.Fprint(w, ": ping\n\n")
				out.Flush()
			case <-r.Context().Done():
				return
			}
		}
	})
	check(http.Serve(listener, nil))
}

func begin(w http.ResponseWriter) *http.ResponseController {
	w.Header().Set("Content-Type", "text/event-stream; charset=utf-8")
	w.Header().Set("Cache-Control", "no-cache, no-transform")
	fmt.Fprint(w, "retry: 3000\n: connected\n\n")
	out := http.NewResponseController(w)
	out.Flush()
	return out
}

// onCollect gives unused memory back when the signal comes that tells every program of this measurement to do so.
func onCollect(collect func()) {
	asked := make(chan os.Signal, 1)
	signal.Notify(asked, syscall.SIGUSR2)
	go func() {
		for range asked {
			collect()
		}
	}()
}
