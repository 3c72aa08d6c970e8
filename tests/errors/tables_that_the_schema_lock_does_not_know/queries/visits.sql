SELECT visit_id, visited_on FROM web.visits WHERE NOT is_bot
