# report.R data WHERE: the observations that rsdmx reads, of a file or an address, as CSV.
# report.R structure WHERE LIST: the codes of a list.
# report.R labelled WHERE STRUCTURE: the observations with the names of their codes, in each language.
suppressPackageStartupMessages(library(rsdmx))
arguments <- commandArgs(trailingOnly = TRUE)
message <- readSDMX(arguments[2], isURL = startsWith(arguments[2], "http"))
frame <- if (arguments[1] == "data") {
  as.data.frame(message)
} else if (arguments[1] == "labelled") {
  structure <- readSDMX(arguments[3], isURL = startsWith(arguments[3], "http"))
  as.data.frame(setDSD(message, structure), labels = TRUE)
} else {
  as.data.frame(slot(message, "codelists"), codelistId = arguments[3])
}
# Numbers whole, as they are: 1e+05 is none.
for (name in names(frame)) {
  if (is.numeric(frame[[name]])) frame[[name]] <- ifelse(
      is.na(frame[[name]]), NA, format(frame[[name]], scientific = FALSE, trim = TRUE))
}
write.csv(frame, row.names = FALSE, na = "")
