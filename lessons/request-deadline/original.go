package lesson

import (
	"context"
	"io"
	"net"
	"time"
)

// Conn is a connection on which one round trip at a time is possible.
type Conn struct {
	net.Conn
	broken bool // closed: the pool may only count it out
}

// Pool lends connections. Put takes back what Get gave, exactly once, and
// looks at broken to tell whether it may be lent again.
type Pool interface {
	Get(ctx context.Context, host string) (*Conn, error)
	Put(c *Conn)
}

// Request bounds the whole of a request: the wait for a connection, the write
// and the read. The earlier of ctx's own deadline and the timeout counts.
func Request(ctx context.Context, p Pool, host string, payload []byte, size int, timeout time.Duration) (answer []byte, err error) {
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()

	c, err := p.Get(ctx, host)
	if err != nil {
		return nil, err
	}
	// From here on every way out leads through this function, a panic too.
	// Until the last byte has been read, nobody else can use the connection.
	whole := false
	defer func() {
		if !whole {
			c.broken = true
			c.Close() // before Put: the pool must never see it open
		}
		p.Put(c)
	}()

	// A read knows nothing of contexts. A deadline in the past wakes it up.
	stop := make(chan struct{})
	stopped := make(chan struct{})
	go func() {
		defer close(stopped)
		select {
		case <-ctx.Done():
			c.SetDeadline(time.Unix(1, 0))
		case <-stop:
		}
	}()
	answer, err = exchange(c, payload, size)
	close(stop)
	<-stopped // else it could put its deadline on somebody else's round trip

	if ctx.Err() != nil {
		// Why the read failed. If it did not, its past deadline may still be on
		// the connection, which is reason enough not to lend it again.
		return nil, ctx.Err()
	}
	if err != nil {
		return nil, err
	}
	whole = true
	return answer, nil
}

func exchange(rw io.ReadWriter, payload []byte, size int) ([]byte, error) {
	if _, err := rw.Write(payload); err != nil {
		return nil, err
	}
	answer := make([]byte, size)
	_, err := io.ReadFull(rw, answer)
	return answer, err
}
