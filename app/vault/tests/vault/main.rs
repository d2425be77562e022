mod chains;
mod directories;
mod fixture;
mod foreign_bytes;
mod hours;
mod login;
mod segments;
mod slots;
