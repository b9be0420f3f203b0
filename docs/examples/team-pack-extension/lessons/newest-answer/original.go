// Package newest lets a newer question end the one before.
package newest

import (
	"context"
	"errors"
	"sync"
)

// ErrSuperseded says that a newer question was asked meanwhile.
var ErrSuperseded = errors.New("superseded by a newer question")

// Search asks, and remembers how to end what it asked last.
type Search struct {
	Ask func(ctx context.Context, text string) (string, error)

	mu     sync.Mutex
	cancel context.CancelFunc
}

// Do gives the answer, or ErrSuperseded where a newer call has begun.
func (s *Search) Do(ctx context.Context, text string) (string, error) {
	mine, cancel := context.WithCancel(ctx)
	defer cancel()
	s.mu.Lock()
	if s.cancel != nil {
		s.cancel()
	}
	s.cancel = cancel
	s.mu.Unlock()
	answer, err := s.Ask(mine, text)
	if mine.Err() != nil && ctx.Err() == nil {
		return "", ErrSuperseded
	}
	return answer, err
}
