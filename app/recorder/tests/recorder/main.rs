mod codec;
mod desktop;
mod merging;
mod privacy;
mod titles;
