"""Organisation (组织机构): bodies, offices, people, posts, enforcement subjects and certificates, each with dates."""
