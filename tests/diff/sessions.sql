select session_id, visitor_id, started_at, utm, device from web.sessions
