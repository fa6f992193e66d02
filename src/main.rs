//! The program: read the arguments, run, exit.

mod cli;

/// Pages are many small strings, made on one thread and dropped on another; this allocator is made for that.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    cli::run()
}
