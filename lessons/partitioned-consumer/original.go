package lesson

import (
	"context"
	"sync"
	"time"
)

type Message struct {
	Partition int
	Offset    int64
	Value     string
}

type Handler func(ctx context.Context, m Message) error

// Consume handles messages until the channel is closed or ctx ends, and returns
// for each partition the next offset to read.
func Consume(ctx context.Context, messages <-chan Message, handle Handler, maxInFlight int, timeout time.Duration) map[int]int64 {
	slots := make(chan struct{}, maxInFlight)
	lanes := make(map[int]*lane)
	var wg sync.WaitGroup

pull:
	for {
		// First a slot, then a message: one that has no slot stays where it is.
		select {
		case slots <- struct{}{}:
		case <-ctx.Done():
			break pull
		}
		select {
		case m, ok := <-messages:
			if !ok {
				break pull
			}
			l := lanes[m.Partition]
			if l == nil {
				// There are never more messages in all lanes together than
				// slots, so this buffer cannot fill up and the send below
				// cannot block: a slow partition holds up nobody here.
				l = &lane{queue: make(chan Message, maxInFlight), next: m.Offset}
				lanes[m.Partition] = l
				wg.Add(1)
				go func() {
					defer wg.Done()
					l.run(ctx, handle, timeout, slots)
				}()
			}
			l.queue <- m
		case <-ctx.Done():
			break pull
		}
	}

	for _, l := range lanes {
		close(l.queue)
	}
	wg.Wait() // from here on the lanes are ours to read

	next := make(map[int]int64, len(lanes))
	for p, l := range lanes {
		next[p] = l.next
	}
	return next
}

// lane is one partition. Its goroutine alone touches next and stopped.
type lane struct {
	queue   chan Message
	next    int64
	stopped bool
}

func (l *lane) run(ctx context.Context, handle Handler, timeout time.Duration, slots <-chan struct{}) {
	for m := range l.queue {
		// The queue is drained even when nothing in it may run any more, since
		// every message in it holds a slot.
		if !l.stopped && ctx.Err() == nil {
			if inTime(ctx, handle, m, timeout) {
				l.next = m.Offset + 1
			} else {
				l.stopped = true
			}
		}
		<-slots
	}
}

func inTime(parent context.Context, handle Handler, m Message, timeout time.Duration) bool {
	ctx, cancel := context.WithTimeout(parent, timeout)
	defer cancel()
	start := time.Now()
	err := handle(ctx, m)
	// Not ctx.Err(): once the parent has been cancelled, it no longer tells
	// whether the deadline has passed as well.
	return err == nil && time.Since(start) < timeout
}
