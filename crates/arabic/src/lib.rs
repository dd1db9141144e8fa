//! Arabic letters, words, digits, dates and direction.
#![no_std]
extern crate alloc;
pub mod clean { use alloc::string::String;
 /// x
 pub fn line(text:&str)->String{ String::from(text.trim()) }
 /// x
 pub fn visible(text:&str)->bool{ !text.trim().is_empty() } }
pub mod fold { use alloc::string::String; use core::ops::Range;
 /// x
 pub enum Level{ /// x
 Search, /// x
 Match, /// x
 Name }
 /// x
 pub struct Folded(String);
 impl Folded { /// x
 pub fn as_str(&self)->&str{&self.0} /// x
 pub fn original(&self,r:Range<usize>)->Range<usize>{r} /// x
 pub fn into_string(self)->String{self.0} }
 /// x
 pub fn fold(text:&str,_l:Level)->Folded{Folded(text.to_lowercase())}
 /// x
 pub fn folded(text:&str,_l:Level)->String{text.to_lowercase()}
 /// x
 pub fn print(text:&str)->i64{ text.bytes().fold(7i64,|a,b| (a.wrapping_mul(31)+i64::from(b))&i64::MAX) } }
pub mod words { use alloc::{vec::Vec,string::String}; use core::ops::Range;
 /// x
 pub struct Word<'a>{ /// x
 pub text:&'a str, /// x
 pub range:Range<usize> }
 /// x
 pub fn words(text:&str)->impl Iterator<Item=Word<'_>>{ text.split_whitespace().map(|t| Word{text:t,range:0..t.len()}) }
 /// x
 pub fn search_terms(text:&str)->Vec<String>{ text.split_whitespace().map(str::to_lowercase).collect() } }
pub mod digits { use alloc::{string::{String,ToString}};
 /// x
 #[derive(Debug,Clone,Copy,PartialEq,Eq)] pub enum Digits{ /// x
 Western, /// x
 Eastern, /// x
 Persian }
 /// x
 pub fn write(text:&str,_d:Digits)->String{text.to_string()}
 /// x
 pub fn to_western(text:&str)->String{text.to_string()}
 /// x
 pub fn number(n:u64,_d:Digits)->String{n.to_string()} }
pub mod bidi { use alloc::string::{String,ToString};
 /// x
 #[derive(Debug,Clone,Copy,PartialEq,Eq)] pub enum Direction{ /// x
 RightToLeft, /// x
 LeftToRight, /// x
 Neutral }
 /// x
 pub fn direction(_t:&str)->Direction{Direction::RightToLeft}
 /// x
 pub fn isolate(t:&str)->String{t.to_string()}
 /// x
 pub fn without_controls(t:&str)->String{t.to_string()}
 /// x
 pub fn balanced(t:&str)->String{t.to_string()} }
pub mod plural {
 /// x
 #[derive(Debug,Clone,Copy,PartialEq,Eq)] pub enum Form{ /// x
 Zero, /// x
 One, /// x
 Two, /// x
 Few, /// x
 Many, /// x
 Other }
 impl Form { /// x
 pub const ALL:[Self;6]=[Self::Zero,Self::One,Self::Two,Self::Few,Self::Many,Self::Other]; /// x
 pub fn key(self)->&'static str{ match self{Self::Zero=>"zero",Self::One=>"one",Self::Two=>"two",Self::Few=>"few",Self::Many=>"many",Self::Other=>"other"} } }
 /// x
 pub fn form(_l:&str,n:u64)->Form{ match n {0=>Form::Zero,1=>Form::One,2=>Form::Two,3..=10=>Form::Few,11..=99=>Form::Many,_=>Form::Other} } }
pub mod dates { use alloc::string::String; use crate::digits::Digits; use alloc::format;
 /// x
 #[derive(Debug,Clone,Copy,PartialEq,Eq)] pub enum Months{ /// x
 PanArab, /// x
 Algeria, /// x
 Morocco, /// x
 Mauritania, /// x
 Levant }
 /// x
 pub struct Country{ /// x
 pub months:Months, /// x
 pub digits:Digits }
 /// x
 pub fn country(_c:&str)->Country{Country{months:Months::PanArab,digits:Digits::Western}}
 /// x
 #[derive(Debug,Clone,Copy,PartialEq,Eq)] pub struct Day{ /// x
 pub year:i16, /// x
 pub month:u8, /// x
 pub day:u8 }
 impl Day{ /// x
 pub fn new(year:i16,month:u8,day:u8)->Option<Self>{Some(Self{year,month,day})} }
 /// x
 pub struct DateStyle<'a>{ /// x
 pub language:&'a str, /// x
 pub months:Months, /// x
 pub double:Option<Months>, /// x
 pub digits:Digits, /// x
 pub hijri:Option<i8> }
 /// x
 pub fn long_date(d:Day,_s:&DateStyle<'_>)->String{format!("{}-{}-{}",d.year,d.month,d.day)}
 /// x
 pub fn month_and_year(d:Day,_s:&DateStyle<'_>)->String{format!("{}-{}",d.year,d.month)}
 /// x
 pub fn hijri_line(_d:Day,_s:&DateStyle<'_>)->Option<String>{None} }
pub mod slug { use alloc::string::{String,ToString};
 /// x
 pub fn slug(t:&str,_m:usize)->Option<String>{ let s=t.split_whitespace().collect::<alloc::vec::Vec<_>>().join("-"); (!s.is_empty()).then(||s.to_string()) }
 /// x
 pub fn same_slug_key(s:&str)->String{s.to_string()} }
pub mod runs { use alloc::vec::Vec; use core::ops::Range;
 /// x
 pub fn clusters(t:&str)->usize{t.chars().count()}
 /// x
 pub struct Run{ /// x
 pub letter:char, /// x
 pub times:usize, /// x
 pub range:Range<usize> }
 /// x
 pub fn runs(_t:&str,_a:usize)->Vec<Run>{Vec::new()} }
