//! Work on many items at once, with the results in the order of the items.
//!
//! The items are cut into chunks of neighbours. Worker k takes the chunks k, k + n, k + 2n … and sends their results
//! into a channel of its own; the reader reads the channels in turn. So the order holds by construction, and a worker
//! that runs ahead waits: no more results are held than the channels take.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, sync_channel};
use std::thread::{self, Scope};

/// How many items a chunk has at most, and how many results are sent together: to wake a thread for each takes as long
/// as a tenth of a page.
const CHUNK_SIZE: usize = 8;

/// How many sent messages may wait to be read.
const CHANNEL_CAPACITY: usize = 2;

/// The results of a chunk, or a part of them.
struct Message<R> {
    results: Vec<R>,
    is_last: bool,
}

/// Which of the chunks a worker takes: every `workers`th, from its own number on.
struct Share {
    worker: usize,
    workers: usize,
}

/// The items, and the work on each.
struct Job<T, F> {
    items: Vec<T>,
    chunk_size: usize,
    work: F,
}

/// Does `work` on each item, on as many threads of `scope` as there are processors, or as the system starts; iterates
/// over the results in the order of the items.
///
/// `work` passes on any number of results, and stops when it gets `false`: nobody reads them any more.
pub fn map_ordered<'scope, T: Send + Sync + 'scope, R: Send + 'scope>(
    scope: &'scope Scope<'scope, '_>,
    items: Vec<T>,
    work: impl Fn(&T, &mut dyn FnMut(R) -> bool) + Send + Sync + 'scope,
) -> Box<dyn Iterator<Item = R> + 'scope> {
    let processors = thread::available_parallelism().map_or(1, usize::from);
    map_on_threads(scope, processors.min(items.len()), items, work)
}

/// The same on at most so many threads.
fn map_on_threads<'scope, T: Send + Sync + 'scope, R: Send + 'scope>(
    scope: &'scope Scope<'scope, '_>,
    max_threads: usize,
    items: Vec<T>,
    work: impl Fn(&T, &mut dyn FnMut(R) -> bool) + Send + Sync + 'scope,
) -> Box<dyn Iterator<Item = R> + 'scope> {
    // Few items are shared out one by one.
    let chunk_size = (items.len() / max_threads.max(1) / CHUNK_SIZE).clamp(1, CHUNK_SIZE);
    let chunk_count = items.len().div_ceil(chunk_size);
    let job = Arc::new(Job { items, chunk_size, work });
    let (mut starts, mut channels) = (Vec::new(), Vec::new());
    for _ in 0..max_threads {
        let (start, started) = sync_channel(1);
        let (to, channel) = sync_channel(CHANNEL_CAPACITY);
        let job = Arc::clone(&job);
        let worker = move || {
            let Ok(share) = started.recv() else { return };
            // A closed channel means that its reader has left.
            job.run(&share, |results, is_last| to.send(Message { results, is_last }).is_ok());
        };
        // A system that starts no more threads leaves fewer workers.
        if thread::Builder::new().spawn_scoped(scope, worker).is_ok() {
            starts.push(start);
            channels.push(channel);
        }
    }
    let workers = starts.len();
    if workers == 0 {
        return Box::new((0..job.items.len()).flat_map(move |index| job.all_results(index)));
    }
    for (worker, start) in starts.into_iter().enumerate() {
        // A worker that is gone has panicked, which the scope passes on.
        let _ = start.send(Share { worker, workers });
    }
    Box::new(read_in_turn(chunk_count, channels))
}

impl<T, F> Job<T, F> {
    /// Does the work of one worker, until nobody reads its results.
    fn run<R>(&self, share: &Share, send: impl Fn(Vec<R>, bool) -> bool)
    where
        F: Fn(&T, &mut dyn FnMut(R) -> bool),
    {
        for chunk in self.items.chunks(self.chunk_size).skip(share.worker).step_by(share.workers) {
            let mut results = vec![];
            for item in chunk {
                (self.work)(item, &mut |result| {
                    results.push(result);
                    results.len() < CHUNK_SIZE || send(std::mem::take(&mut results), false)
                });
            }
            if !send(results, true) {
                return;
            }
        }
    }

    /// The results of an item, on the thread that asks for them.
    fn all_results<R>(&self, index: usize) -> Vec<R>
    where
        F: Fn(&T, &mut dyn FnMut(R) -> bool),
    {
        let mut results = Vec::new();
        (self.work)(&self.items[index], &mut |result| {
            results.push(result);
            true
        });
        results
    }
}

/// The results of the chunks, read from the channels in turn.
fn read_in_turn<R>(chunk_count: usize, channels: Vec<Receiver<Message<R>>>) -> impl Iterator<Item = R> {
    let mut chunk = 0;
    let messages = std::iter::from_fn(move || {
        if chunk == chunk_count {
            return None;
        }
        // A worker that panicked sends no more; the scope passes the panic on.
        let message = channels[chunk % channels.len()].recv().ok()?;
        chunk += usize::from(message.is_last);
        Some(message.results)
    });
    messages.flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_the_order_of_the_items() {
        let twice = |item: &usize, give: &mut dyn FnMut(usize) -> bool| {
            // Odd items are slow and have no results, even ones have two.
            if item % 2 == 1 {
                thread::yield_now();
            } else {
                give(*item);
                give(*item);
            }
        };
        let results: Vec<_> = thread::scope(|scope| map_ordered(scope, (0..500).collect(), twice).collect());
        let expected: Vec<_> = (0..500).step_by(2).flat_map(|item| [item, item]).collect();
        assert_eq!(results, expected);
    }

    #[test]
    fn without_a_thread_the_work_is_done_by_the_reader() {
        let twice = |item: &usize, give: &mut dyn FnMut(usize) -> bool| _ = give(item * 2);
        let results: Vec<_> = thread::scope(|scope| map_on_threads(scope, 0, (0..5).collect(), twice).collect());
        assert_eq!(results, [0, 2, 4, 6, 8]);
    }

    #[test]
    fn a_reader_may_leave_early() {
        let same = |item: &usize, give: &mut dyn FnMut(usize) -> bool| _ = give(*item);
        assert_eq!(thread::scope(|scope| map_ordered(scope, (0..5000).collect(), same).next()), Some(0));
    }

    #[test]
    fn no_items_have_no_results() {
        let unit = |(): &(), give: &mut dyn FnMut(()) -> bool| _ = give(());
        assert_eq!(thread::scope(|scope| map_ordered(scope, vec![], unit).count()), 0);
    }
}
