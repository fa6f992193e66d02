//! Work on many items at once, with the results in the order of the items.
//!
//! The items are cut into groups of neighbours. Worker k takes the groups k, k + n, k + 2n … and sends what comes of
//! them into a channel of its own; whoever wants the results reads the channels in turn. So the order holds by
//! construction, and a worker that runs ahead waits: no more is held than the channels take.

use std::sync::mpsc::{Receiver, sync_channel};
use std::thread;

/// How many items a group has at most, and how many results are sent together: to wake a thread for each takes as long
/// as a tenth of a page.
const TOGETHER: usize = 8;

/// How many sent messages may wait to be read.
const AHEAD: usize = 2;

/// What comes of a group, or a part of that.
struct Message<R> {
    results: Vec<R>,
    is_last: bool,
}

/// Which of the groups a worker takes: every `workers`th, from its own number on.
struct Share {
    worker: usize,
    workers: usize,
}

/// Does `work` on each item, on as many threads as there are processors, or as the system starts; it hands over any number of results, and
/// stops when that tells it that nobody wants them any more. `take` gets them all, in order.
pub fn in_order<'a, T: Sync, R: Send, O>(
    items: &'a [T],
    work: impl Fn(&'a T, &mut dyn FnMut(R) -> bool) + Sync,
    take: impl FnOnce(&mut dyn Iterator<Item = R>) -> O,
) -> O {
    let processors = thread::available_parallelism().map_or(1, usize::from);
    on_threads(processors.min(items.len()), items, work, take)
}

/// The same on at most so many threads.
fn on_threads<'a, T: Sync, R: Send, O>(
    most: usize,
    items: &'a [T],
    work: impl Fn(&'a T, &mut dyn FnMut(R) -> bool) + Sync,
    take: impl FnOnce(&mut dyn Iterator<Item = R>) -> O,
) -> O {
    // Few items are shared out one by one.
    let together = (items.len() / most.max(1) / TOGETHER).clamp(1, TOGETHER);
    let groups = items.chunks(together);
    let count = groups.len();
    thread::scope(|scope| {
        let (mut starts, mut lanes) = (Vec::new(), Vec::new());
        for _ in 0..most {
            let (start, started) = sync_channel(1);
            let (to, lane) = sync_channel(AHEAD);
            let (work, groups) = (&work, groups.clone());
            let worker = move || {
                let Ok(Share { worker, workers }) = started.recv() else { return };
                // A closed channel means that its reader has left.
                let send = |results, is_last| to.send(Message { results, is_last }).is_ok();
                for group in groups.skip(worker).step_by(workers) {
                    let mut results = vec![];
                    for item in group {
                        work(item, &mut |result| {
                            results.push(result);
                            results.len() < TOGETHER || send(std::mem::take(&mut results), false)
                        });
                    }
                    if !send(results, true) {
                        return;
                    }
                }
            };
            // A system that starts no more threads leaves fewer workers.
            if thread::Builder::new().spawn_scoped(scope, worker).is_ok() {
                starts.push(start);
                lanes.push(lane);
            }
        }
        let workers = starts.len();
        if workers == 0 {
            return take(&mut items.iter().flat_map(|item| all_results(item, &work)));
        }
        for (worker, start) in starts.into_iter().enumerate() {
            // A worker that is not there any more has panicked, which the scope passes on.
            let _ = start.send(Share { worker, workers });
        }
        take(&mut merged(count, lanes))
    })
}

/// What comes of an item, on the thread that asks for it.
fn all_results<'a, T, R>(item: &'a T, work: &impl Fn(&'a T, &mut dyn FnMut(R) -> bool)) -> Vec<R> {
    let mut results = Vec::new();
    work(item, &mut |result| {
        results.push(result);
        true
    });
    results
}

/// The results of `groups` groups, read from the lanes in turn.
fn merged<R>(groups: usize, lanes: Vec<Receiver<Message<R>>>) -> impl Iterator<Item = R> {
    let mut group = 0;
    let messages = std::iter::from_fn(move || {
        // A worker that panicked sends no more, and the scope will pass that on.
        let message = (group < groups).then(|| lanes[group % lanes.len()].recv().ok()).flatten()?;
        group += usize::from(message.is_last);
        Some(message.results)
    });
    messages.flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_the_order_of_the_items() {
        let items: Vec<usize> = (0..500).collect();
        let twice = |item: &usize, give: &mut dyn FnMut(usize) -> bool| {
            // Odd items are slow and give nothing, even ones give two results.
            if item % 2 == 1 {
                thread::yield_now();
            } else {
                give(*item);
                give(*item);
            }
        };
        let results: Vec<_> = in_order(&items, twice, |results| results.collect());
        let expected: Vec<_> = (0..500).step_by(2).flat_map(|item| [item, item]).collect();
        assert_eq!(results, expected);
    }

    #[test]
    fn without_a_thread_the_work_is_done_by_who_asks_for_it() {
        let items: Vec<usize> = (0..5).collect();
        let results: Vec<_> = on_threads(0, &items, |item, give| _ = give(item * 2), |results| results.collect());
        assert_eq!(results, [0, 2, 4, 6, 8]);
    }

    #[test]
    fn a_reader_may_leave_early() {
        let items: Vec<usize> = (0..5000).collect();
        let first = in_order(&items, |item, give| _ = give(*item), |results| results.next());
        assert_eq!(first, Some(0));
    }

    #[test]
    fn no_items_give_no_results() {
        assert_eq!(in_order(&[], |(): &(), give| _ = give(()), |results| results.count()), 0);
    }
}
