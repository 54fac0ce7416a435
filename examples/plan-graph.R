# 用 R 使用 plan-graph 的数据：发布的数据表和 SPARQL 端点，只用基础 R。
# Using plan-graph data from R: the published tables and the SPARQL endpoint, with base R alone.
#
#   plan-graph publish --out site
#   plan-graph serve
#   Rscript examples/plan-graph.R

site <- Sys.getenv("PLAN_GRAPH_SITE", "site")
endpoint <- Sys.getenv("PLAN_GRAPH_ENDPOINT", "http://127.0.0.1:8080/sparql")

parts <- read.csv(file.path(site, "tables", "participations.csv"), encoding = "UTF-8", colClasses = c(task = "character"))
leads <- parts[parts$role == "lead" & parts$participant_kind == "body", c("document", "task", "participant_name")]
tasks <- sort(table(unique(leads)$participant_name), decreasing = TRUE)
cat("participations", nrow(parts), "\n")
for (name in head(names(tasks), 3)) cat(enc2utf8(name), tasks[[name]], "\n")

query <- "
PREFIX pg: <https://w3id.org/plan-graph/ns#>
SELECT ?year (COUNT(?task) AS ?tasks) WHERE { ?task a pg:Task ; pg:year ?year } GROUP BY ?year ORDER BY ?year
"
address <- paste0(endpoint, "?query=", URLencode(query, reserved = TRUE))
answer <- read.csv(url(address, headers = c(Accept = "text/csv")))
for (row in seq_len(nrow(answer))) cat("tasks of", answer$year[row], answer$tasks[row], "\n")
