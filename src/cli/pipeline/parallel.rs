//! Work on many streams of items at once, with the results in the order of the streams and their items.
//!
//! Workers go in rounds. In a round, a worker takes the reader of a stream, reads a batch of items, puts the reader back for
//! the next worker, and only then works on the batch. So a stream is read by one thread at a time while the others work
//! on what was read before, and nobody waits for a thread that only reads. The earliest stream comes first; a worker that
//! finds it being read goes on with the next one. What is read, and not yet taken by the reader of the results, is
//! bounded in bytes; the stream that is read next can always go on.

use std::collections::VecDeque;
use std::ops::Range;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, Scope};

/// How many neighbouring sources are one stream, at most: to wake a thread for each takes as long as a tenth of a page.
const CHUNK_SIZE: usize = 8;

/// A batch ends with the item with which it has so many bytes, …
const BATCH_BYTES: usize = 256 << 10;

/// … or so many items.
const BATCH_ITEMS: usize = 64;

/// How many bytes are read ahead. What is ready to be stored takes five times as much memory.
const AHEAD_BYTES: usize = 2 << 20;

/// How many bytes an item or a result takes, about.
pub trait Weight {
    fn weight(&self) -> usize;
}

/// The sources, how each is opened, and the work on a batch of its items.
struct Job<S, O, W> {
    sources: Vec<S>,
    chunk_size: usize,
    open: O,
    work: W,
}

/// How many threads can work at once.
pub fn processors() -> usize {
    thread::available_parallelism().map_or(1, usize::from)
}

/// Opens each source, and does `work` on its items, on that many threads of `scope`, or as many as the system starts;
/// without any, on the thread that takes the results. Iterates over them in the order of the sources and their items.
pub fn map_ordered<'scope, S, I, R>(
    scope: &'scope Scope<'scope, '_>,
    max_threads: usize,
    sources: Vec<S>,
    open: impl Fn(&S) -> I + Send + Sync + 'scope,
    work: impl Fn(Vec<I::Item>) -> Vec<R> + Send + Sync + 'scope,
) -> Box<dyn Iterator<Item = R> + 'scope>
where
    S: Send + Sync + 'scope,
    I: Iterator<Item: Weight> + Send + 'scope,
    R: Weight + Send + 'scope,
{
    // Few sources are shared out one by one.
    let chunk_size = (sources.len() / max_threads.max(1) / CHUNK_SIZE).clamp(1, CHUNK_SIZE);
    let shared = Arc::new(Shared::new(sources.len()));
    let job = Arc::new(Job { sources, chunk_size, open, work });
    let mut workers = 0;
    for _ in 0..max_threads {
        let (job, shared) = (Arc::clone(&job), Arc::clone(&shared));
        let worker = move || {
            let _leaving = Leaving(&shared);
            while let Some(round) = shared.wait_for_round(job.chunk_size) {
                job.take(round, &shared);
            }
        };
        // A system that starts no more threads leaves fewer workers.
        workers += usize::from(thread::Builder::new().spawn_scoped(scope, worker).is_ok());
    }
    // Without any, the reader of the results does the work.
    let help = move |shared: &Shared<I, R>| {
        let round = if workers == 0 { shared.lock().next_round(job.chunk_size) } else { None };
        round.into_iter().for_each(|round| job.take(round, shared));
    };
    Box::new(Results { shared, help, current: Vec::new().into_iter() })
}

/// Neighbouring sources, read one after another.
struct Reader<I> {
    sources: Range<usize>,
    opened: Option<I>,
}

/// A worker's round: the reader that it has taken, and the place of the batch that it reads.
struct Round<I> {
    reader: Reader<I>,
    stream: usize,
    batch: usize,
}

impl<S, O, W> Job<S, O, W> {
    /// Takes a round.
    fn take<I, R>(&self, Round { mut reader, stream, batch }: Round<I>, shared: &Shared<I, R>)
    where
        I: Iterator<Item: Weight>,
        R: Weight,
        O: Fn(&S) -> I,
        W: Fn(Vec<I::Item>) -> Vec<R>,
    {
        let (mut items, mut bytes) = (Vec::new(), 0);
        let mut has_ended = false;
        while bytes < BATCH_BYTES && items.len() < BATCH_ITEMS {
            if let Some(item) = reader.opened.as_mut().and_then(Iterator::next) {
                bytes += item.weight();
                items.push(item);
            } else if let Some(source) = reader.sources.next() {
                reader.opened = Some((self.open)(&self.sources[source]));
            } else {
                has_ended = true;
                break;
            }
        }
        if !has_ended {
            shared.put_back(stream, reader, bytes);
        }
        let results = (self.work)(items);
        shared.put_results(stream, batch, results, if has_ended { 0 } else { bytes }, has_ended);
    }
}

/// What workers and the reader of the results share.
struct Shared<I, R> {
    state: Mutex<State<I, R>>,
    /// A worker may find a round.
    round: Condvar,
    /// The next results may be there.
    results: Condvar,
}

struct State<I, R> {
    /// The sources that belong to no stream yet.
    sources: Range<usize>,
    /// The streams that are read, or whose results are not all taken, in their order.
    streams: VecDeque<Stream<I, R>>,
    /// The number of the first of them.
    first: usize,
    /// How many bytes were read, or are in results, that are not taken.
    bytes: usize,
    /// How many workers wait for a round.
    waiting: usize,
    /// Whether the reader waits for results.
    is_reader_waiting: bool,
    /// Nobody reads results any more, or a worker has panicked.
    is_over: bool,
}

struct Stream<I, R> {
    /// `None` while a worker has it, and after its end.
    reader: Option<Reader<I>>,
    has_ended: bool,
    /// The batches whose results are not taken, in their order; `None` while a worker has them.
    batches: VecDeque<Option<Batch<R>>>,
    /// The number of the first of them.
    first: usize,
    /// How many bytes they take.
    bytes: usize,
}

struct Batch<R> {
    results: Vec<R>,
    bytes: usize,
}

impl<I, R> State<I, R> {
    /// The next round, if there is one: in the earliest stream that nobody reads, else in a new one.
    fn next_round(&mut self, chunk_size: usize) -> Option<Round<I>> {
        let Self { streams, first, bytes, .. } = self;
        for (position, stream) in streams.iter_mut().enumerate() {
            let may_read = *bytes < AHEAD_BYTES || position == 0 && stream.bytes < AHEAD_BYTES;
            if let Some(reader) = stream.reader.take_if(|_| may_read) {
                stream.batches.push_back(None);
                let batch = stream.first + stream.batches.len() - 1;
                return Some(Round { reader, stream: *first + position, batch });
            }
        }
        if self.sources.is_empty() || self.bytes >= AHEAD_BYTES && !self.streams.is_empty() {
            return None;
        }
        let start = self.sources.start;
        self.sources.start = (start + chunk_size).min(self.sources.end);
        self.streams.push_back(Stream {
            reader: None,
            has_ended: false,
            batches: VecDeque::from([None]),
            first: 0,
            bytes: 0,
        });
        let reader = Reader { sources: start..self.sources.start, opened: None };
        Some(Round { reader, stream: self.first + self.streams.len() - 1, batch: 0 })
    }

    /// Whether no worker will find a round any more.
    fn is_all_read(&self) -> bool {
        self.sources.is_empty() && self.streams.iter().all(|stream| stream.has_ended)
    }

    /// The next results; `None` if they are not there yet.
    fn next_results(&mut self) -> Option<Vec<R>> {
        loop {
            let stream = self.streams.front_mut()?;
            match stream.batches.front_mut() {
                Some(batch) => {
                    let Batch { results, bytes } = batch.take()?;
                    stream.batches.pop_front();
                    stream.first += 1;
                    stream.bytes -= bytes;
                    self.bytes -= bytes;
                    return Some(results);
                }
                None if stream.has_ended => {
                    self.streams.pop_front();
                    self.first += 1;
                }
                None => return None,
            }
        }
    }
}

impl<I, R> Shared<I, R> {
    fn new(sources: usize) -> Self {
        let state = State {
            sources: 0..sources,
            streams: VecDeque::new(),
            first: 0,
            bytes: 0,
            waiting: 0,
            is_reader_waiting: false,
            is_over: false,
        };
        Self { state: Mutex::new(state), round: Condvar::new(), results: Condvar::new() }
    }

    fn lock(&self) -> MutexGuard<'_, State<I, R>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The next round; `None` if there will be no more.
    fn wait_for_round(&self, chunk_size: usize) -> Option<Round<I>> {
        let mut state = self.lock();
        loop {
            if state.is_over || state.is_all_read() {
                return None;
            }
            if let Some(round) = state.next_round(chunk_size) {
                return Some(round);
            }
            state.waiting += 1;
            state = self.round.wait(state).unwrap_or_else(PoisonError::into_inner);
            state.waiting -= 1;
        }
    }

    /// The next results; `None` if there are no more.
    fn wait_for_results(&self) -> Option<Vec<R>> {
        let mut state = self.lock();
        loop {
            if let Some(results) = state.next_results() {
                // There may be room to read more.
                self.wake_workers(&state);
                return Some(results);
            }
            if state.is_over || state.sources.is_empty() && state.streams.is_empty() {
                return None;
            }
            state.is_reader_waiting = true;
            state = self.results.wait(state).unwrap_or_else(PoisonError::into_inner);
            state.is_reader_waiting = false;
        }
    }

    /// Puts a reader back, which has read so many bytes, for the next round.
    fn put_back(&self, stream: usize, reader: Reader<I>, bytes: usize) {
        let mut state = self.lock();
        let position = stream - state.first;
        state.bytes += bytes;
        let stream = &mut state.streams[position];
        stream.bytes += bytes;
        stream.reader = Some(reader);
        self.wake_workers(&state);
    }

    /// Puts in place the results of a batch that had so many bytes.
    fn put_results(&self, stream: usize, batch: usize, results: Vec<R>, read: usize, has_ended: bool)
    where
        R: Weight,
    {
        let bytes = results.iter().map(Weight::weight).sum();
        let mut state = self.lock();
        let position = stream - state.first;
        state.bytes = state.bytes + bytes - read;
        let stream = &mut state.streams[position];
        stream.bytes = stream.bytes + bytes - read;
        stream.has_ended |= has_ended;
        let index = batch - stream.first;
        stream.batches[index] = Some(Batch { results, bytes });
        // The work of all may be done, or there is room to read more.
        self.wake_workers(&state);
        if position == 0 && index == 0 && state.is_reader_waiting {
            self.results.notify_one();
        }
    }

    fn wake_workers(&self, state: &State<I, R>) {
        if state.waiting > 0 {
            self.round.notify_all();
        }
    }

    /// Ends the work early.
    fn end(&self) {
        let mut state = self.lock();
        state.is_over = true;
        self.round.notify_all();
        self.results.notify_all();
    }
}

/// Ends the work of all when a worker panics: the scope passes the panic on.
struct Leaving<'a, I, R>(&'a Shared<I, R>);

impl<I, R> Drop for Leaving<'_, I, R> {
    fn drop(&mut self) {
        if thread::panicking() {
            self.0.end();
        }
    }
}

/// The results, in order.
struct Results<I, R, H> {
    shared: Arc<Shared<I, R>>,
    /// Takes a round if there is nobody else to do it.
    help: H,
    current: std::vec::IntoIter<R>,
}

impl<I, R, H: Fn(&Shared<I, R>)> Iterator for Results<I, R, H> {
    type Item = R;

    fn next(&mut self) -> Option<R> {
        while self.current.len() == 0 {
            (self.help)(&self.shared);
            self.current = self.shared.wait_for_results()?.into_iter();
        }
        self.current.next()
    }
}

impl<I, R, H> Drop for Results<I, R, H> {
    fn drop(&mut self) {
        self.shared.end();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    impl Weight for usize {
        fn weight(&self) -> usize {
            8
        }
    }

    /// The results of streams of so many items, each item its number in all.
    fn results(threads: usize, streams: &[usize], work: impl Fn(Vec<usize>) -> Vec<usize> + Send + Sync) -> Vec<usize> {
        let mut start = 0;
        let ranges: Vec<_> = streams
            .iter()
            .map(|length| {
                (start, {
                    start += length;
                    start
                })
            })
            .collect();
        thread::scope(|scope| {
            let open = |&(from, to): &(usize, usize)| from..to;
            map_ordered(scope, threads, ranges, open, &work).collect()
        })
    }

    #[test]
    fn results_come_in_the_order_of_the_streams_and_their_items() {
        // Some batches are slow, odd items have no result, even ones have two.
        let twice = |items: Vec<usize>| {
            if items.first().is_some_and(|first| first % 3 == 1) {
                thread::yield_now();
            }
            items.into_iter().filter(|item| item % 2 == 0).flat_map(|item| [item, item]).collect()
        };
        for threads in [0, 1, 2, 7] {
            for streams in [vec![1; 500], vec![500], vec![0, 300, 1, 0, 199], vec![100; 5]] {
                let expected: Vec<_> = (0..500).step_by(2).flat_map(|item| [item, item]).collect();
                assert_eq!(results(threads, &streams, twice), expected, "{threads} {streams:?}");
            }
        }
    }

    #[test]
    fn a_reader_may_leave_early() {
        let first = |sources: Vec<usize>| {
            thread::scope(|scope| map_ordered(scope, processors(), sources, |start| *start.., |items| items).next())
        };
        assert_eq!(first(vec![0, 7]), Some(0));
    }

    #[test]
    fn what_is_read_ahead_is_bounded() {
        /// An item that claims to be large.
        struct Large(Arc<Mutex<usize>>);
        impl Weight for Large {
            fn weight(&self) -> usize {
                1 << 20
            }
        }
        impl Drop for Large {
            fn drop(&mut self) {
                *self.0.lock().unwrap() -= 1;
            }
        }
        let (living, most) = (Arc::new(Mutex::new(0)), Arc::new(Mutex::new(0)));
        let count = {
            let (living, most) = (Arc::clone(&living), Arc::clone(&most));
            move |_: usize| {
                let mut now = living.lock().unwrap();
                *now += 1;
                let mut most = most.lock().unwrap();
                *most = (*most).max(*now);
                Large(Arc::clone(&living))
            }
        };
        let taken = thread::scope(|scope| {
            let open = |items: &usize| {
                let count = count.clone();
                (0..*items).map(count)
            };
            map_ordered(scope, 3, vec![200, 200, 200], open, |items| items).count()
        });
        assert_eq!(taken, 600);
        let limit = AHEAD_BYTES >> 20;
        assert!(*most.lock().unwrap() <= 2 * limit + 8, "{most:?}");
    }

    #[test]
    fn a_panic_of_a_worker_is_passed_on() {
        let panics = || results(2, &[10, 10], |items| if items.contains(&13) { panic!("13") } else { items });
        assert!(std::panic::catch_unwind(panics).is_err());
    }

    #[test]
    fn no_sources_have_no_results() {
        assert!(results(2, &[], |items| items).is_empty());
    }
}
