//! Work on many items at once, with the results in the order of the items.
//!
//! Worker k takes the items k, k + n, k + 2n … and sends what comes of them into a channel of its own; whoever wants
//! the results reads the channels in turn. So the order holds by construction, and a worker that runs ahead waits: no
//! more is held than the channels take.

use std::sync::mpsc::{Receiver, sync_channel};
use std::thread;

/// How many results a worker may be ahead.
const AHEAD: usize = 16;

/// Does `work` on each item, on as many threads as there are processors; it hands over any number of results, and
/// stops when that tells it that nobody wants them any more. `take` gets them all, in order.
pub fn in_order<'a, T: Sync, R: Send, O>(
    items: &'a [T],
    work: impl Fn(&'a T, &mut dyn FnMut(R) -> bool) + Sync,
    take: impl FnOnce(&mut dyn Iterator<Item = R>) -> O,
) -> O {
    let workers = thread::available_parallelism().map_or(1, usize::from).min(items.len());
    thread::scope(|scope| {
        let lanes: Vec<_> = (0..workers)
            .map(|worker| {
                let (to, lane) = sync_channel(AHEAD);
                let work = &work;
                scope.spawn(move || {
                    for item in items.iter().skip(worker).step_by(workers) {
                        work(item, &mut |result| to.send(Some(result)).is_ok());
                        // The end of an item. A closed channel means that its reader has left.
                        if to.send(None).is_err() {
                            return;
                        }
                    }
                });
                lane
            })
            .collect();
        take(&mut merged(items.len(), lanes))
    })
}

/// The results of `items` items, read from the lanes in turn.
fn merged<R>(items: usize, lanes: Vec<Receiver<Option<R>>>) -> impl Iterator<Item = R> {
    let mut item = 0;
    std::iter::from_fn(move || {
        while item < items {
            match lanes[item % lanes.len()].recv() {
                Ok(Some(result)) => return Some(result),
                Ok(None) => item += 1,
                // The worker panicked, and the scope will pass that on.
                Err(_) => return None,
            }
        }
        None
    })
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
