"""Services that programs under development use on the same computer, by the port that each documents as its default."""

PORTS = {
    1433: "SQL Server",
    3306: "MySQL",
    5432: "PostgreSQL",
    5672: "RabbitMQ",
    6379: "Redis",
    9092: "Kafka",
    9200: "Elasticsearch",
    11434: "Ollama",
    27017: "MongoDB",
}
