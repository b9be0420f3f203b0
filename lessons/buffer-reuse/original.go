// Package lesson reuses the buffers in which a server builds its answers.
package lesson

import (
	"bytes"
	"encoding/json"
	"net/http"
	"sync"
)

// maxKept is the capacity above which a buffer is not kept. Without such a bound
// one huge answer would leave its memory in the pool, and a few of them all of it.
const maxKept = 64 << 10

// buffers has room for everybody: Get takes any buffer that nobody uses and makes
// one when there is none, so it never waits. It holds pointers, because a slice put
// into an interface would be allocated anew on every Put. The garbage collector may
// empty it: this is a cache and not a store.
var buffers = sync.Pool{
	New: func() any { return new(bytes.Buffer) },
}

// use lends a buffer to work until work returns, in success, failure or panic.
func use(work func(buf *bytes.Buffer) error) error {
	buf := buffers.Get().(*bytes.Buffer)
	buf.Reset() // where it is needed, so that no way back can forget it
	defer put(buf)
	return work(buf)
}

func put(buf *bytes.Buffer) {
	if buf.Cap() <= maxKept {
		buffers.Put(buf)
	}
}

// Answer writes v as JSON. Encoding into a buffer first means that a value which
// cannot be encoded becomes a clean 500 instead of half an answer.
func Answer(w http.ResponseWriter, v any) {
	err := use(func(buf *bytes.Buffer) error {
		if err := json.NewEncoder(buf).Encode(v); err != nil {
			return err
		}
		w.Header().Set("Content-Type", "application/json")
		// Write is done with the bytes when it returns. If it fails, the client has
		// gone, and there is nobody left to tell.
		_, _ = w.Write(buf.Bytes())
		return nil
	})
	if err != nil {
		http.Error(w, "cannot encode the answer", http.StatusInternalServerError)
	}
}

// Marshal returns bytes that outlive the call, so it has to copy them. To return
// buf.Bytes() would hand out memory that the next user is about to overwrite.
func Marshal(v any) ([]byte, error) {
	var encoded []byte
	err := use(func(buf *bytes.Buffer) error {
		if err := json.NewEncoder(buf).Encode(v); err != nil {
			return err
		}
		encoded = append(encoded, buf.Bytes()...)
		return nil
	})
	return encoded, err
}
